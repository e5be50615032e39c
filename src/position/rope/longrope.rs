//! LongRoPE: a factor for each pair, found by search.

use super::rope_frequencies;
use crate::position::PositionError;
use crate::position::check::same;
use crate::position::words::{Dimension, Operand};

/// The frequencies with a factor for each pair. A configuration has two lists: one for texts no longer than
/// those of training, one for longer ones.
///
/// # Formula
/// `θᵢ / λᵢ`
///
/// # Shapes
/// `factors (rotary_dim/2)` → `(rotary_dim/2)`
///
/// # Errors
/// [`PositionError`] as [`rope_frequencies`]; if there is not one factor for each pair, or one of them is
/// not finite and above 0.
///
/// # Reference
/// Ding et al. 2024, *LongRoPE: Extending LLM Context Window Beyond 2 Million Tokens*.
///
/// # Examples
/// ```
/// use concepts::position::rope::{longrope_frequencies, rope_frequencies};
/// let theta = rope_frequencies(4, 10_000.0)?;
/// assert_eq!(longrope_frequencies(4, 10_000.0, &[1.0, 8.0])?, [theta[0], theta[1] / 8.0]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn longrope_frequencies(
    rotary_dim: usize,
    base: f64,
    factors: &[f64],
) -> Result<Vec<f64>, PositionError> {
    let theta = rope_frequencies(rotary_dim, base)?;
    let (new, original) = (Operand::NewFrequencies, Operand::OriginalFrequencies);
    same(Dimension::Frequencies, (new, factors.len()), (original, theta.len()))?;
    // Written so that NaN is refused as well.
    if let Some(&factor) = factors.iter().find(|&&factor| !(factor > 0.0 && factor.is_finite())) {
        return Err(PositionError::BadPairFactor { factor });
    }
    Ok(theta.iter().zip(factors).map(|(theta, factor)| theta / factor).collect())
}

/// What queries and keys are multiplied with, each, where a text may be `factor` times as long as those of
/// training.
///
/// # Formula
/// `√(1 + ln s / ln train_len)`, and 1 up to `s = 1`
///
/// # Reference
/// As [`longrope_frequencies`].
///
/// # Examples
/// ```
/// use concepts::position::rope::longrope_attention_factor;
/// // Phi-3 mini 128k: 131072 tokens after a training with 4096.
/// assert!((longrope_attention_factor(32.0, 4096) - 1.1902).abs() < 1e-4);
/// ```
pub fn longrope_attention_factor(factor: f64, train_len: usize) -> f64 {
    if factor <= 1.0 || train_len < 2 {
        return 1.0;
    }
    libm::sqrt(1.0 + libm::log(factor) / libm::log(train_len as f64))
}
