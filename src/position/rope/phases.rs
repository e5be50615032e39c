//! Which pairs reach angles that training never showed.

use crate::numerics::tolerance::EXACT_F64;
use crate::position::PositionError;
use crate::position::check::same;
use crate::position::words::{Dimension, Operand};

/// The largest angle of each pair in a text of `len` tokens, in units of the largest one in training.
///
/// # Formula
/// `len · θ'ᵢ / (train_len · θᵢ)`
///
/// # Shapes
/// `frequencies (d/2)` now, `original (d/2)` in training → `(d/2)`
///
/// # Errors
/// [`PositionError`] if the numbers of frequencies differ or a length is 0.
///
/// # Examples
/// ```
/// use concepts::position::rope::{Scaling, phase_ratios, rope_frequencies};
/// let theta = rope_frequencies(128, 10_000.0)?;
/// let eight = Scaling::Interpolation { factor: 8.0 }.frequencies(128, 10_000.0)?;
/// assert!(phase_ratios(&theta, &theta, 2048, 16_384)?.iter().all(|&ratio| ratio == 8.0));
/// assert!(phase_ratios(&eight, &theta, 2048, 16_384)?.iter().all(|&ratio| ratio == 1.0));
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn phase_ratios(
    frequencies: &[f64],
    original: &[f64],
    train_len: usize,
    len: usize,
) -> Result<Vec<f64>, PositionError> {
    same(
        Dimension::Frequencies,
        (Operand::NewFrequencies, frequencies.len()),
        (Operand::OriginalFrequencies, original.len()),
    )?;
    if train_len == 0 {
        return Err(PositionError::Empty { what: Dimension::TrainingLength });
    }
    if len == 0 {
        return Err(PositionError::Empty { what: Dimension::Length });
    }
    let pairs = frequencies.iter().zip(original);
    Ok(pairs.map(|(new, old)| len as f64 * new / (train_len as f64 * old)).collect())
}

/// Is each pair beyond what training showed?
///
/// A pair that has made a full turn in training has met every angle there is. A slower one has met only
/// the angles up to its largest, and a longer text takes it to angles that the model has never seen. So
/// a pair is out of its range if both hold: its largest angle exceeds the largest in training, and it
/// never completed a turn there.
///
/// The angle of a text of `len` tokens is taken as `len · θ`. Rounding of one part in 10¹² does not
/// count as exceeding.
///
/// # Formula
/// `len · θ'ᵢ > train_len · θᵢ` and `train_len · θᵢ < 2π`
///
/// # Shapes
/// `frequencies (d/2)` now, `original (d/2)` in training → `(d/2)`
///
/// # Errors
/// As [`phase_ratios`].
///
/// # Reference
/// Peng et al. 2023, *YaRN: Efficient Context Window Extension of Large Language Models*, section 3.2.
///
/// # Examples
/// ```
/// use concepts::position::rope::{out_of_range, rope_frequencies};
/// let theta = rope_frequencies(128, 10_000.0)?;
/// let out = out_of_range(&theta, &theta, 2048, 16_384)?;
/// assert_eq!(out.iter().filter(|&&out| out).count(), 23);
/// assert!(!out[40] && out[41]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn out_of_range(
    frequencies: &[f64],
    original: &[f64],
    train_len: usize,
    len: usize,
) -> Result<Vec<bool>, PositionError> {
    let ratios = phase_ratios(frequencies, original, train_len, len)?;
    let turned = original.iter().map(|theta| train_len as f64 * theta >= std::f64::consts::TAU);
    Ok(ratios.iter().zip(turned).map(|(&ratio, turned)| !turned && ratio > 1.0 + EXACT_F64).collect())
}
