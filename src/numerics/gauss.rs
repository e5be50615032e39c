//! The normal distribution backwards.

use std::f64::consts::FRAC_1_SQRT_2;

/// Beyond this many standard deviations no probability in `f64` is left.
const FARTHEST: f64 = 40.0;

/// Halvings of an interval of 40 until its ends are neighbours in `f64` wherever the quantile is above 0.001.
const HALVINGS: usize = 70;

/// The value that a standard normal variable stays below with probability `p`; NaN for `p` outside `[0, 1]`.
///
/// Found by halving: slow and short. The tail is asked for directly, so that `p` near 0 keeps its digits.
///
/// # Formula
/// `Φ⁻¹(p)`, the `z` with `Φ(z) = ½ erfc(−z/√2) = p`; `Φ⁻¹(0) = −∞`, `Φ⁻¹(1) = ∞`
///
/// # Examples
/// ```
/// use concepts::numerics::{normal_quantile, tolerance::EXACT_F64};
/// assert!((normal_quantile(0.975) - 1.959963984540054).abs() < EXACT_F64);
/// assert_eq!(normal_quantile(0.5), 0.0);
/// assert!(normal_quantile(1.5).is_nan());
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    // In the middle halving would leave a remainder.
    if p == 0.5 {
        return 0.0;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let (mut low, mut high) = (0.0, FARTHEST);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if 0.5 * libm::erfc(middle * FRAC_1_SQRT_2) > p {
            low = middle;
        } else {
            high = middle;
        }
    }
    -0.5 * (low + high)
}
