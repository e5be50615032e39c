//! Many penalties, one after the other, each from where the last one ended.

use ndarray::{Array1, ArrayView1};

use super::descent::square_threshold;
use super::direct::Direct;
use super::gram::Gram;
use super::penalty::gap;
use super::{Design, Fit, Penalty, RegularizationError, Stop};

/// Penalties in equal factors, from the largest down.
///
/// # Examples
/// ```
/// use concepts::regularization::lambda_grid;
/// let grid = lambda_grid(100.0, 1e-2, 3);
/// assert!((grid[1] - 10.0).abs() < 1e-12 && grid.len() == 3);
/// ```
pub fn lambda_grid(largest: f64, ratio: f64, points: usize) -> Vec<f64> {
    let last = (points.max(2) - 1) as f64;
    (0..points).map(|i| largest * ratio.powf(i as f64 / last)).collect()
}

/// Solutions for many penalties, each started from the one before, with products of columns in place of residuals.
///
/// Finds what [`coordinate_descent`](super::coordinate_descent) finds, to the same gap. The correlations `c = Xᵀr` of
/// *all* columns are kept up to date, by `c ← c − δ XᵀXⱼ` for each coefficient that changes: `p` multiply-adds in
/// place of `2n`. A column whose coefficient is 0 and stays 0 then costs one comparison, and the duality gap costs
/// `3p`: no rule is needed for which columns to leave out, and every pass can ask whether to stop.
///
/// A pass is there to find which coefficients are not 0, and their signs. Once these are right, the rest is a system
/// of linear equations, which passes solve slowly where columns are alike. So after a pass all active coefficients
/// are solved for at once, by a triangular factor that is kept from one penalty to the next. Where the factor would
/// cost more than it saves, or rounding keeps it from lowering the objective, passes go on alone.
///
/// # Shapes
/// → one [`Fit`] for each of `lambdas`
///
/// # Errors
/// Those of [`Penalty::new`], and [`RegularizationError::NoAbsoluteValue`] where `λ α` is 0.
///
/// # Reference
/// Friedman, Hastie & Tibshirani 2010, section 2.2, covariance updates; Lee, Battle, Raina & Ng 2006, section 3, for
/// steps in which all active coefficients move while their signs hold.
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Scaling, Stop, diabetes, lambda_grid, lasso_path};
/// let data = diabetes();
/// let design = Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm)?;
/// let grid = lambda_grid(design.lambda_max(), 1e-3, 100);
/// let path = lasso_path(&design, &grid, 1.0, Stop::default())?;
/// let chosen = |fit: &concepts::regularization::Fit| fit.coefficients.iter().filter(|w| **w != 0.0).count();
/// assert_eq!((chosen(&path[0]), chosen(&path[99])), (0, 10));
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
pub fn lasso_path(
    design: &Design,
    lambdas: &[f64],
    alpha: f64,
    stop: Stop,
) -> Result<Vec<Fit>, RegularizationError> {
    let penalties: Vec<Penalty> =
        lambdas.iter().map(|&lambda| Penalty::new(lambda, alpha)).collect::<Result<_, _>>()?;
    if penalties.iter().any(|penalty| penalty.l1 <= 0.0) {
        return Err(RegularizationError::NoAbsoluteValue);
    }
    let mut state = State::new(design);
    Ok(penalties.into_iter().map(|penalty| state.solve(penalty, stop)).collect())
}

struct State<'a> {
    gram: Gram<'a>,
    /// `Xᵀy`
    with_response: Vec<f64>,
    /// `‖y‖²`
    energy: f64,
    squares: Vec<f64>,
    w: Vec<f64>,
    /// `Xᵀr`
    c: Vec<f64>,
    /// Was `c` updated since it was last computed anew?
    drifted: bool,
    direct: Direct,
}

/// How far a state is.
#[derive(Clone, Copy)]
struct Measure {
    objective: f64,
    gap: f64,
}

impl<'a> State<'a> {
    fn new(design: &'a Design) -> State<'a> {
        let y = design.response();
        let with_response = design.correlations(y).to_vec();
        State {
            gram: Gram::new(design),
            energy: y.dot(&y),
            squares: design.columns().outer_iter().map(|x| x.dot(&x)).collect(),
            w: vec![0.0; design.width()],
            c: with_response.clone(),
            with_response,
            drifted: false,
            direct: Direct::new(design.width()),
        }
    }

    fn solve(&mut self, penalty: Penalty, stop: Stop) -> Fit {
        let (mut passes, mut updates) = (0, 0);
        self.direct.begin(penalty);
        if self.drifted {
            self.refresh();
        }
        // Members of the factor are left to it, until it was too dear or did not help.
        let (mut helps, mut solved) = (true, true);
        let mut now = self.measure(penalty);
        loop {
            let gap = now.gap / (0.5 * self.energy);
            if gap <= stop.gap || passes == stop.passes {
                return Fit { coefficients: Array1::from_vec(self.w.clone()), gap, passes, updates };
            }
            updates += self.pass(penalty, solved);
            passes += 1;
            solved = helps && self.direct.pays(&self.w, updates * self.w.len());
            if solved {
                updates += self.direct.solve(&mut self.gram, &mut self.w, &self.c, penalty);
                self.refresh();
            }
            let before = std::mem::replace(&mut now, self.measure(penalty));
            if solved && now.objective >= before.objective {
                (helps, solved) = (false, false);
            }
        }
    }

    /// Correlations from the coefficients, so that the rounding of many updates does not add up.
    fn refresh(&mut self) {
        self.c.clone_from(&self.with_response);
        self.gram.subtract(&mut self.c, &self.w);
        self.drifted = false;
    }

    /// One coordinate after the other; without the members of the factor where they are solved for.
    fn pass(&mut self, penalty: Penalty, solved: bool) -> usize {
        let mut updates = 0;
        for j in 0..self.w.len() {
            let (old, c, square) = (self.w[j], self.c[j], self.squares[j]);
            if (old == 0.0 && c.abs() <= penalty.l1) || square == 0.0 || (solved && self.direct.holds(j)) {
                continue;
            }
            let new = square_threshold(c + square * old, square, penalty);
            if new != old {
                add(&mut self.c, old - new, self.gram.row(j));
                self.w[j] = new;
                updates += 1;
            }
        }
        self.drifted |= updates > 0;
        updates
    }

    /// As [`duality_gap`](super::duality_gap), from `wᵀXᵀy` and `wᵀXᵀr` in place of the residual.
    fn measure(&self, penalty: Penalty) -> Measure {
        let (mut with_response, mut with_residual, mut size, mut absolute, mut most) =
            (0.0, 0.0, 0.0, 0.0, 0.0);
        for ((&w, &c), &b) in self.w.iter().zip(&self.c).zip(&self.with_response) {
            with_response += w * b;
            with_residual += w * c;
            size += w * w;
            absolute += w.abs();
            most = f64::max(most, (c - penalty.l2 * w).abs());
        }
        let fit = self.energy - with_response - with_residual;
        let gap = gap(penalty, [fit, size, self.energy - with_response, absolute], most);
        Measure { objective: 0.5 * (fit + penalty.l2 * size) + penalty.l1 * absolute, gap }
    }
}

/// `c ← c + δ g`
fn add(c: &mut [f64], delta: f64, g: &[f64]) {
    c.iter_mut().zip(g).for_each(|(c, g)| *c += delta * g);
}

/// How many coefficients are exactly 0.
pub fn zeros(w: ArrayView1<f64>) -> usize {
    w.iter().filter(|w| **w == 0.0).count()
}
