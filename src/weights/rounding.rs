//! Rounding to an encoding, and what is lost by it.

use super::blocks::{
    five, nibbles, plain, super_five, super_four, super_six, super_table, super_three, super_two, table,
    whole,
};
use super::{Encoding, WeightsError};

impl Encoding {
    /// Numbers rounded to whole blocks.
    ///
    /// The encodings in blocks of 32 and an even grid round as ggml's reference routines do, byte for byte. Where a
    /// group's step is searched for (blocks of 256, and `IQ4_NL`), the one with the least squares is taken; ggml weighs
    /// large weights more, so that its bytes are others.
    ///
    /// # Errors
    /// [`WeightsError::PartialBlock`]
    ///
    /// # Reference
    /// `quantize_row_q8_0_ref` and its neighbours in `ggml-quants.c`.
    ///
    /// # Examples
    /// ```
    /// use concepts::weights::Encoding;
    /// let weights: Vec<f32> = (0..32).map(|i| i as f32).collect();
    /// let bytes = Encoding::Q4_1.encode(&weights)?;
    /// let mut back = [0.0; 32];
    /// Encoding::Q4_1.decode(&bytes, &mut back);
    /// // 16 levels for 32 numbers: none is off by more than half a level, 31 / 15 / 2.
    /// assert!(weights.iter().zip(back).all(|(w, b)| (w - b).abs() < 1.04));
    /// # Ok::<(), concepts::weights::WeightsError>(())
    /// ```
    pub fn encode(self, values: &[f32]) -> Result<Vec<u8>, WeightsError> {
        let block = self.block_len();
        if !values.len().is_multiple_of(block) {
            return Err(WeightsError::PartialBlock { values: values.len(), block, encoding: self });
        }
        Ok(match self {
            Encoding::F32 => plain::encode_f32(values),
            Encoding::F16 => plain::encode_f16(values),
            Encoding::BF16 => plain::encode_bf16(values),
            Encoding::Q8_0 => blocks(values, whole::encode),
            Encoding::Q4_0 => blocks(values, nibbles::encode_0),
            Encoding::Q4_1 => blocks(values, nibbles::encode_1),
            Encoding::Q5_0 => blocks(values, five::encode_0),
            Encoding::Q5_1 => blocks(values, five::encode_1),
            Encoding::Q2K => blocks(values, super_two::encode),
            Encoding::Q3K => blocks(values, super_three::encode),
            Encoding::Q4K => blocks(values, super_four::encode),
            Encoding::Q5K => blocks(values, super_five::encode),
            Encoding::Q6K => blocks(values, super_six::encode),
            Encoding::Iq4Nl => blocks(values, table::encode),
            Encoding::Iq4Xs => blocks(values, super_table::encode),
        })
    }
}

/// Block by block: `L` numbers become `B` bytes.
fn blocks<const L: usize, const B: usize>(
    values: &[f32],
    encode: impl Fn(&[f32; L], &mut [u8; B]),
) -> Vec<u8> {
    let mut bytes = vec![0; values.len() / L * B];
    for (values, block) in values.as_chunks().0.iter().zip(bytes.as_chunks_mut().0) {
        encode(values, block);
    }
    bytes
}

/// What rounding to an encoding costs, as a share of the weights' size.
///
/// # Formula
/// `‖decode(encode(w)) − w‖ / ‖w‖`; 0 if every weight is 0, and no number if one of them is none.
///
/// # Shapes
/// `original`: a multiple of [`block_len`](Encoding::block_len) numbers.
///
/// # Errors
/// Those of [`Encoding::encode`].
///
/// # Examples
/// ```
/// use concepts::weights::{Encoding, relative_error};
/// let weights: Vec<f32> = (0..64).map(|i| (i as f32).sin()).collect();
/// let loss = |encoding| relative_error(&weights, encoding);
/// assert_eq!(loss(Encoding::F32)?, 0.0);
/// assert!(loss(Encoding::Q8_0)? < loss(Encoding::Q5_1)? && loss(Encoding::Q5_1)? < loss(Encoding::Q4_1)?);
/// # Ok::<(), concepts::weights::WeightsError>(())
/// ```
pub fn relative_error(original: &[f32], encoding: Encoding) -> Result<f64, WeightsError> {
    let bytes = encoding.encode(original)?;
    let mut rounded = vec![0.0; original.len()];
    encoding.decode(&bytes, &mut rounded);
    let square = |x: f64| x * x;
    let lost: f64 = original.iter().zip(&rounded).map(|(&w, &r)| square(f64::from(r) - f64::from(w))).sum();
    let size: f64 = original.iter().map(|&w| square(f64::from(w))).sum();
    Ok(if size == 0.0 { 0.0 } else { (lost / size).sqrt() })
}
