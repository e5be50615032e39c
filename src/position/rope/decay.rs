use num_complex::Complex64;

/// How large a score at distance `r` can get, beside what the features allow: a bound that falls with
/// the distance, though not steadily.
///
/// A score is a sum over pairs, `Re Σ hᵢ e^(i r θᵢ)`. Summation by parts bounds it by
/// `max |hᵢ₊₁ − hᵢ| · Σⱼ |Sⱼ|`. The mean of `|Sⱼ|` is what depends on the distance: far away the
/// partial sums cancel. It is a bound for features that change slowly from pair to pair, and says
/// nothing about a head that puts all its weight on one slow pair.
///
/// # Formula
/// `B(r) = (2/d) Σⱼ |Sⱼ|`, `j = 1 .. d/2`, `Sⱼ = Σ_(i<j) e^(i r θᵢ)`
///
/// # Shapes
/// `frequencies (d/2)` → one number; 0 without frequencies
///
/// # Reference
/// Su et al. 2021, *RoFormer*, section 3.4.3 and figure 2.
///
/// # Examples
/// ```
/// use concepts::position::rope::{abel_bound, rope_frequencies};
/// let theta = rope_frequencies(128, 10_000.0)?;
/// assert_eq!(abel_bound(0.0, &theta), 32.5);
/// assert!(abel_bound(1000.0, &theta) < 5.0);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn abel_bound(r: f64, frequencies: &[f64]) -> f64 {
    let mut partial = Complex64::new(0.0, 0.0);
    let mut total = 0.0;
    for theta in frequencies {
        let (sin, cos) = libm::sincos(r * theta);
        partial += Complex64::new(cos, sin);
        total += libm::hypot(partial.re, partial.im);
    }
    total / frequencies.len().max(1) as f64
}
