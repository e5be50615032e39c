//! The distribution of a sum of squares.

/// The probability that `χ²` with so many degrees of freedom is above `x`; NaN for `x` that is no number.
///
/// A finite sum of positive terms, so the tail keeps its digits however far out it is. With no degree of freedom there
/// is nothing but 0.
///
/// # Formula
/// `Q(f/2, x/2)`, the regularised upper incomplete gamma function, by `Q(a + 1, h) = Q(a, h) + hᵃ e⁻ʰ / Γ(a + 1)` from
/// `Q(½, h) = erfc(√h)` or `Q(1, h) = e⁻ʰ`
///
/// # Reference
/// Abramowitz & Stegun 26.4.4 and 26.4.5.
///
/// # Examples
/// ```
/// use concepts::numerics::{chi_square_tail, tolerance::EXACT_F64};
/// // Two degrees of freedom: an exponential distribution.
/// assert!((chi_square_tail(2.0, 2) - (-1.0_f64).exp()).abs() < EXACT_F64);
/// assert_eq!(chi_square_tail(0.0, 7), 1.0);
/// ```
pub fn chi_square_tail(x: f64, freedom: usize) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if x == f64::INFINITY || freedom == 0 {
        return 0.0;
    }
    let h = 0.5 * x;
    let (mut tail, mut a) =
        if freedom.is_multiple_of(2) { ((-h).exp(), 1.0) } else { (libm::erfc(h.sqrt()), 0.5) };
    while 2.0 * a < freedom as f64 {
        tail += (a * h.ln() - h - libm::lgamma(a + 1.0)).exp();
        a += 1.0;
    }
    tail.min(1.0)
}
