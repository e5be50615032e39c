//! The logistic function and its kin, without overflow at either end.

/// From any number to one between 0 and 1. A NaN stays a NaN.
///
/// # Formula
/// `σ(x) = 1 / (1 + e⁻ˣ)`, below 0 as `eˣ / (1 + eˣ)`, so that no exponential overflows
///
/// # Examples
/// ```
/// use concepts::numerics::sigmoid;
/// assert_eq!(sigmoid(0.0), 0.5);
/// assert_eq!((sigmoid(-1e4), sigmoid(1e4)), (0.0, 1.0));
/// ```
pub fn sigmoid(x: f64) -> f64 {
    let small = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) }
}

/// `−ln σ(−x)`. It goes on growing where `1 − σ(x)` is 0 in `f64`. A NaN stays a NaN.
///
/// # Formula
/// `ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))`
///
/// # Examples
/// ```
/// use concepts::numerics::softplus;
/// assert_eq!(softplus(0.0), 2.0_f64.ln());
/// assert_eq!((softplus(-1e4), softplus(1e4)), (0.0, 1e4));
/// ```
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// The inverse of [`sigmoid`]: −∞ for 0, ∞ for 1.
///
/// # Formula
/// `ln(p / (1 − p))`
///
/// # Examples
/// ```
/// use concepts::numerics::{logit, sigmoid};
/// assert!((logit(sigmoid(1.5)) - 1.5).abs() < 1e-15);
/// assert_eq!((logit(0.0), logit(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
/// ```
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}
