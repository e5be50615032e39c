//! The logistic function, without overflow.

/// `σ(x) = 1 / (1 + e⁻ˣ)`.
///
/// # Examples
/// ```
/// assert_eq!(concepts::preference::sigmoid(0.0), 0.5);
/// assert_eq!(concepts::preference::sigmoid(-1e4), 0.0);
/// ```
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// `−ln σ(x)`, the loss of a comparison whose winner leads by `x`. It goes on growing where `σ` is 0 in `f64`.
///
/// # Examples
/// ```
/// use concepts::preference::comparison_loss;
/// assert_eq!(comparison_loss(0.0), 2.0_f64.ln());
/// assert_eq!(comparison_loss(-1e4), 1e4);
/// ```
pub fn comparison_loss(x: f64) -> f64 {
    (-x.abs()).exp().ln_1p() + (-x).max(0.0)
}

/// `log(σ / (1 − σ))`, the inverse of the logistic function.
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}
