//! The whole path without a grid: least angle regression, and the lasso as one more rule.

use ndarray::Array1;

use super::cholesky::Cholesky;
use super::gram::Gram;
use super::{Design, RegularizationError};
use crate::numerics::tolerance::{END_OF_PATH, EXACT_F64};

/// Which path is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Least angle regression: whoever has entered stays.
    Lars,
    /// The lasso: whoever reaches 0 leaves.
    Lasso,
}

/// What happens at a knot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A column enters: from here on its coefficient moves.
    Enters(usize),
    /// A coefficient reaches 0 and stays there.
    Leaves(usize),
    /// No penalty is left.
    Ends,
}

/// A penalty at which the path bends.
#[derive(Debug, Clone, PartialEq)]
pub struct Knot {
    /// The penalty: the correlation that all active columns have with the residual.
    pub lambda: f64,
    /// The coefficients there, `(p)`.
    pub coefficients: Array1<f64>,
    /// What happens there.
    pub event: Event,
}

/// A path that is straight between its knots.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactPath {
    /// From the largest penalty to 0.
    pub knots: Vec<Knot>,
    /// Columns left out because those before them span them.
    pub spanned: Vec<usize>,
}

impl ExactPath {
    /// The coefficients at a penalty, `(p)`.
    pub fn at(&self, lambda: f64) -> Array1<f64> {
        let below = self.knots.partition_point(|knot| knot.lambda >= lambda);
        match (below.checked_sub(1).map(|above| &self.knots[above]), self.knots.get(below)) {
            (Some(above), Some(below)) => {
                let share = (above.lambda - lambda) / (above.lambda - below.lambda);
                &above.coefficients * (1.0 - share) + &below.coefficients * share
            }
            (Some(last), None) => last.coefficients.clone(),
            (None, Some(first)) => Array1::zeros(first.coefficients.len()),
            (None, None) => Array1::zeros(0),
        }
    }
}

/// The path of all penalties.
///
/// As λ falls, the coefficients of the active columns move on straight lines such that the correlations of all of
/// them with the residual stay equal, `|xⱼᵀr| = λ`. A knot is where another column reaches that correlation, or,
/// for the lasso, where a coefficient reaches 0. So the path of all λ costs about as much as one least squares.
///
/// Of columns that are equal, or span one another, the ones of smaller index enter first; the rest is listed in
/// [`ExactPath::spanned`].
///
/// With as many columns as rows, or a response that the columns make up, the fit is exact before λ is 0. What is left
/// of λ is rounding then, and the path ends: with the smallest `Σ|w|` of all exact fits.
///
/// # Formula
/// `G_A d = s_A`, `w_A ← w_A + δ d`, `λ ← λ − δ`,
/// `δ = min( (λ ∓ cⱼ) / (1 ∓ aⱼ) over j ∉ A,  −wⱼ/dⱼ over j ∈ A,  λ )`, `a = Xᵀ X_A d`, `c = Xᵀ r`
///
/// # Reference
/// Efron, Hastie, Johnstone & Tibshirani 2004, sections 2 and 3.1.
///
/// # Errors
/// [`RegularizationError::Circles`]: columns that tie in many ways could make it turn in circles. No table is known
/// that does.
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Event, Kind, Scaling, diabetes, exact_path};
/// let data = diabetes();
/// let design = Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm)?;
/// let path = exact_path(&design, Kind::Lars)?;
/// assert_eq!(path.knots[0].event, Event::Enters(2)); // the body mass index, as in the paper
/// assert_eq!(path.knots.len(), 11);
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
pub fn exact_path(design: &Design, kind: Kind) -> Result<ExactPath, RegularizationError> {
    let mut walk = Walk::new(design, kind);
    let mut knots = Vec::new();
    // A column enters at least once; more than a few times each is a circle.
    let most = 8 * (design.width() + 1);
    while knots.len() < most {
        let Some(event) = walk.step() else { continue };
        knots.push(Knot { lambda: walk.lambda, coefficients: Array1::from_vec(walk.w.clone()), event });
        if event == Event::Ends {
            break;
        }
    }
    if knots.last().is_none_or(|knot| knot.event != Event::Ends) {
        return Err(RegularizationError::Circles { knots: knots.len() });
    }
    let spanned = (0..design.width()).filter(|&j| walk.is_spanned(j)).collect();
    Ok(ExactPath { knots, spanned })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Active,
    /// By active columns.
    Spanned,
    /// Never to be looked at.
    Constant,
}

struct Walk<'a> {
    kind: Kind,
    gram: Gram<'a>,
    factor: Cholesky,
    /// Where the path begins.
    largest: f64,
    lambda: f64,
    /// `Xᵀr`
    c: Vec<f64>,
    w: Vec<f64>,
    active: Vec<usize>,
    signs: Vec<f64>,
    place: Vec<Place>,
    /// `Xᵀ X_A d`
    a: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(design: &'a Design, kind: Kind) -> Walk<'a> {
        let p = design.width();
        let mut place = vec![Place::Outside; p];
        design.constant().iter().for_each(|&j| place[j] = Place::Constant);
        let c = design.correlations(design.response()).to_vec();
        Walk {
            kind,
            gram: Gram::new(design),
            factor: Cholesky::default(),
            largest: design.lambda_max(),
            lambda: design.lambda_max(),
            c,
            w: vec![0.0; p],
            active: Vec::new(),
            signs: Vec::new(),
            place,
            a: vec![0.0; p],
        }
    }

    /// On to the next knot. Nothing happens at it where a column turns out to be spanned.
    fn step(&mut self) -> Option<Event> {
        let d = self.factor.solve(&self.signs);
        self.a.fill(0.0);
        for (&j, &d) in self.active.iter().zip(&d) {
            self.a.iter_mut().zip(self.gram.row(j)).for_each(|(a, g)| *a += d * g);
        }
        let (delta, event) = self.next(&d);
        self.advance(delta, &d);
        match event {
            Event::Enters(j) => return self.enter(j).then_some(event),
            Event::Leaves(j) => self.leave(j),
            Event::Ends => self.lambda = 0.0,
        }
        Some(event)
    }

    /// How far it goes, and what is there.
    fn next(&self, d: &[f64]) -> (f64, Event) {
        let mut best = (self.lambda, Event::Ends);
        for j in (0..self.c.len()).filter(|&j| self.place[j] == Place::Outside) {
            for sign in [1.0, -1.0] {
                // Who falls as fast as λ never meets it.
                let closing = 1.0 - sign * self.a[j];
                let delta = ((self.lambda - sign * self.c[j]) / closing).max(0.0);
                if closing > EXACT_F64 && delta < best.0 {
                    best = (delta, Event::Enters(j));
                }
            }
        }
        if self.kind == Kind::Lasso {
            for (&j, &d) in self.active.iter().zip(d) {
                let delta = -self.w[j] / d;
                if delta > 0.0 && delta < best.0 {
                    best = (delta, Event::Leaves(j));
                }
            }
        }
        let left = self.lambda - best.0;
        if left <= END_OF_PATH * self.largest { (self.lambda, Event::Ends) } else { best }
    }

    fn advance(&mut self, delta: f64, d: &[f64]) {
        self.lambda -= delta;
        self.c.iter_mut().zip(&self.a).for_each(|(c, a)| *c -= delta * a);
        for ((&j, &d), sign) in self.active.iter().zip(d).zip(&self.signs) {
            self.w[j] += delta * d;
            self.c[j] = sign * self.lambda; // exactly: that is what active means
        }
    }

    fn enter(&mut self, j: usize) -> bool {
        let row = self.gram.row(j);
        let products: Vec<f64> = self.active.iter().map(|&i| row[i]).collect();
        let square = row[j];
        let entered = self.factor.push(&products, square);
        self.place[j] = if entered { Place::Active } else { Place::Spanned };
        if entered {
            self.active.push(j);
            self.signs.push(self.c[j].signum());
        }
        entered
    }

    /// A copy of an active column falls with λ and never meets it, so that it is never looked at before.
    fn is_spanned(&self, j: usize) -> bool {
        if self.place[j] != Place::Outside {
            return self.place[j] == Place::Spanned;
        }
        // Of a wide table nearly all columns end here: no row is made for them.
        let products = self.gram.products(j, &self.active);
        let square = self.gram.products(j, &[j])[0];
        self.factor.spans(&products, square)
    }

    fn leave(&mut self, j: usize) {
        let Some(at) = self.active.iter().position(|&i| i == j) else { return };
        self.factor.remove(at);
        self.active.remove(at);
        self.signs.remove(at);
        (self.place[j], self.w[j]) = (Place::Outside, 0.0);
        // What was spanned with it need not be without it.
        for place in self.place.iter_mut().filter(|place| **place == Place::Spanned) {
            *place = Place::Outside;
        }
    }
}
