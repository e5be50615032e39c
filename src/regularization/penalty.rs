//! What is minimised, and how far a solution is from the best one.

use ndarray::ArrayView1;

use super::error::penalty;
use super::{Design, RegularizationError};

/// `λ (α ‖w‖₁ + (1 − α)/2 ‖w‖²)`: the lasso with `α = 1`, the ridge with `α = 0`, the elastic net between them.
///
/// The loss beside it is `½ ‖y − Xw‖²`. Others scale it: scikit-learn divides by `n`, so its `alpha` is `λ / n`;
/// with a mean squared error, `2 λ / n` stands before the absolute values.
///
/// # Reference
/// Tibshirani 1996; Zou & Hastie 2005, equation (3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalty {
    /// Weight of the absolute values, `λ α`.
    pub l1: f64,
    /// Weight of the half squares, `λ (1 − α)`.
    pub l2: f64,
}

impl Penalty {
    /// A penalty by strength and mixture.
    ///
    /// # Errors
    /// [`RegularizationError::Lambda`] below 0, [`RegularizationError::Mixing`] outside of 0 to 1, and both for NaN.
    pub fn new(lambda: f64, alpha: f64) -> Result<Penalty, RegularizationError> {
        penalty(lambda)?;
        if !(0.0..=1.0).contains(&alpha) {
            return Err(RegularizationError::Mixing { alpha });
        }
        Ok(Penalty { l1: lambda * alpha, l2: lambda * (1.0 - alpha) })
    }

    /// The lasso's.
    pub fn lasso(lambda: f64) -> Penalty {
        Penalty { l1: lambda, l2: 0.0 }
    }
}

/// The minimiser of `½ (w − b)² + l1 |w| + ½ l2 w²`.
///
/// 0 is the answer for a whole interval of `b`, which is why the lasso selects; without `l1` it is the answer for
/// a single point.
///
/// # Formula
/// `S(b) = sign(b) · max(|b| − l1, 0) / (1 + l2)`
///
/// # Examples
/// ```
/// use concepts::regularization::{Penalty, soft_threshold};
/// let penalty = Penalty { l1: 0.5, l2: 1.0 };
/// assert_eq!([0.3, -1.5, 2.0].map(|b| soft_threshold(b, penalty)), [0.0, -0.5, 0.75]);
/// ```
pub fn soft_threshold(b: f64, penalty: Penalty) -> f64 {
    if b.is_nan() {
        return b;
    }
    // Not −0: a zero is a zero.
    let beyond = (b.abs() - penalty.l1).max(0.0);
    if beyond == 0.0 { 0.0 } else { beyond.copysign(b) / (1.0 + penalty.l2) }
}

/// The value that is minimised.
///
/// # Formula
/// `P(w) = ½ ‖y − Xw‖² + l1 ‖w‖₁ + ½ l2 ‖w‖²`
///
/// # Shapes
/// `w (p)`
pub fn objective(design: &Design, w: ArrayView1<f64>, penalty: Penalty) -> f64 {
    let r = design.residual(w);
    let absolute: f64 = w.iter().map(|w| w.abs()).sum();
    0.5 * r.dot(&r) + penalty.l1 * absolute + 0.5 * penalty.l2 * w.dot(&w)
}

/// How far the objective can at most be above its minimum: primal minus dual value, the residual scaled until it is
/// allowed in the dual problem.
///
/// 0 up to rounding at the solution, never negative beyond it, and without knowing the solution: so it says when to
/// stop. ∞ without absolute values in the penalty.
///
/// # Formula
/// `G(w) = P(w) − D(sr)`, `r = y − Xw`, `s = min(1, l1 / ‖Xᵀr − l2 w‖_∞)`,
/// `D(sr) = s yᵀr − ½ s² (‖r‖² + l2 ‖w‖²)`
///
/// # Shapes
/// `w (p)`
///
/// # Reference
/// Kim, Koh, Lustig, Boyd & Gorinevsky 2007, section III; Friedman, Hastie & Tibshirani 2010 for the elastic net
/// as a lasso with more rows.
pub fn duality_gap(design: &Design, w: ArrayView1<f64>, penalty: Penalty) -> f64 {
    let r = design.residual(w);
    let c = design.correlations(r.view()) - &(&w * penalty.l2);
    let [fit, size] = [r.dot(&r), w.dot(&w)];
    let absolute = w.iter().map(|w| w.abs()).sum();
    gap(penalty, [fit, size, design.response().dot(&r), absolute], largest(c.view()))
}

/// The gap from `‖r‖²`, `‖w‖²`, `yᵀr`, `‖w‖₁` and `‖Xᵀr − l2 w‖_∞`.
pub(super) fn gap(penalty: Penalty, [fit, size, with_response, absolute]: [f64; 4], most: f64) -> f64 {
    if penalty.l1 == 0.0 {
        return f64::INFINITY;
    }
    let s = if most > penalty.l1 { penalty.l1 / most } else { 1.0 };
    let augmented = fit + penalty.l2 * size;
    0.5 * augmented + penalty.l1 * absolute - s * with_response + 0.5 * s * s * augmented
}

pub(super) fn largest(c: ArrayView1<f64>) -> f64 {
    c.fold(0.0, |most: f64, c| if c.is_nan() { f64::NAN } else { most.max(c.abs()) })
}
