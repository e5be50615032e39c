//! Cyclic coordinate descent: readable, one coordinate after the other.

use ndarray::{Array1, ArrayView1};

use super::penalty::{duality_gap, soft_threshold};
use super::{Design, Penalty, RegularizationError};

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// Duality gap, as a share of `½ ‖y‖²`.
    pub gap: f64,
    /// Passes over all columns at most.
    pub passes: usize,
}

impl Default for Stop {
    /// A gap of a millionth, and passes enough for strongly correlated columns.
    fn default() -> Stop {
        Stop { gap: 1e-6, passes: 10_000 }
    }
}

/// Where a descent ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// `(p)`
    pub coefficients: Array1<f64>,
    /// The duality gap reached, as a share of `½ ‖y‖²`.
    pub gap: f64,
    /// Passes over the columns.
    pub passes: usize,
    /// Coefficients that were changed, over all passes.
    pub updates: usize,
}

/// The minimum of [`objective`](super::objective), by cyclic coordinate descent from `start`.
///
/// All coefficients but one are held, and the best value of that one is a soft threshold. The residual is kept up
/// to date, so that a coordinate costs `2n` multiply-adds.
///
/// # Formula
/// `wⱼ ← S(xⱼᵀr + ‖xⱼ‖² wⱼ, l1) / (‖xⱼ‖² + l2)`, `r = y − Xw`
///
/// # Shapes
/// `start (p)`
///
/// # Errors
/// [`RegularizationError::NoAbsoluteValue`] without `l1`, where no gap says when to stop.
///
/// # Reference
/// Friedman, Hastie & Tibshirani 2010, section 2.
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Penalty, Stop, coordinate_descent};
/// use ndarray::{Array1, array};
/// // Orthogonal columns of length 1: each coefficient is its own soft threshold.
/// let design = Design::as_given(array![[1.0, 0.0], [0.0, 1.0]].view(), array![3.0, -0.5].view())?;
/// let fit = coordinate_descent(&design, Penalty::lasso(1.0), Array1::zeros(2).view(), Stop::default())?;
/// assert_eq!(fit.coefficients, array![2.0, 0.0]);
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
pub fn coordinate_descent(
    design: &Design,
    penalty: Penalty,
    start: ArrayView1<f64>,
    stop: Stop,
) -> Result<Fit, RegularizationError> {
    if penalty.l1 <= 0.0 {
        return Err(RegularizationError::NoAbsoluteValue);
    }
    let scale = 0.5 * design.response().dot(&design.response());
    let squares: Vec<f64> = design.columns().outer_iter().map(|x| x.dot(&x)).collect();
    let mut w = start.to_owned();
    let mut r = design.residual(w.view());
    let (mut passes, mut updates) = (0, 0);
    loop {
        let gap = duality_gap(design, w.view(), penalty) / scale;
        if gap <= stop.gap || passes == stop.passes {
            return Ok(Fit { coefficients: w, gap, passes, updates });
        }
        for (j, &square) in squares.iter().enumerate().filter(|(_, square)| **square > 0.0) {
            let x = design.column(j);
            let own = x.dot(&r) + square * w[j];
            let new = square_threshold(own, square, penalty);
            if new != w[j] {
                r.scaled_add(w[j] - new, &x);
                w[j] = new;
                updates += 1;
            }
        }
        passes += 1;
    }
}

/// The best value of one coefficient whose column has this square, where `own` is what it correlates with.
pub(super) fn square_threshold(own: f64, square: f64, penalty: Penalty) -> f64 {
    let relative = Penalty { l1: penalty.l1 / square, l2: penalty.l2 / square };
    soft_threshold(own / square, relative)
}
