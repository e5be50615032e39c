//! What a comparison costs.

use crate::numerics::softplus;

/// `−ln σ(x)`, the loss of a comparison whose winner leads by `x`. It goes on growing where `σ` is 0 in `f64`.
///
/// # Examples
/// ```
/// use concepts::preference::comparison_loss;
/// assert_eq!(comparison_loss(0.0), 2.0_f64.ln());
/// assert_eq!(comparison_loss(-1e4), 1e4);
/// ```
pub fn comparison_loss(x: f64) -> f64 {
    softplus(-x)
}
