//! The frequencies that sinusoidal tables and rotations share.

use super::PositionError;
use super::check::{bounded, even};
use super::words::Dimension;

/// `base^(−2i/d)` for `i = 0 .. d/2`: from one radian a token down to almost nothing.
pub(super) fn geometric(what: Dimension, d: usize, base: f64) -> Result<Vec<f64>, PositionError> {
    even(what, d)?;
    // Written so that NaN is refused as well.
    if !(base > 1.0 && base.is_finite()) {
        return Err(PositionError::BadBase { base });
    }
    bounded(d, 1)?;
    Ok((0..d / 2).map(|i| libm::pow(base, -((2 * i) as f64) / d as f64)).collect())
}

/// How many tokens one full turn takes, for each frequency.
///
/// # Formula
/// `λᵢ = 2π / ωᵢ`
///
/// # Shapes
/// `frequencies (d/2)` → `(d/2)`
///
/// # Examples
/// ```
/// use concepts::position::{sinusoidal_frequencies, wavelengths};
/// let lengths = wavelengths(&sinusoidal_frequencies(128, 10_000.0)?);
/// assert_eq!(lengths[0], std::f64::consts::TAU); // the fastest pair turns once in 6.28 tokens
/// assert!((lengths[63] - 54_410.0).abs() < 1.0); // the slowest once in fifty thousand
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn wavelengths(frequencies: &[f64]) -> Vec<f64> {
    frequencies.iter().map(|omega| std::f64::consts::TAU / omega).collect()
}
