//! Weights that are no numbers.

use super::Tensor;

/// Weights of a tensor that are no finite numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFinite<'b> {
    /// The tensor.
    pub tensor: &'b str,
    /// How many are NaN.
    pub nan: usize,
    /// How many are infinite.
    pub infinite: usize,
}

/// The tensors that hold NaN or ∞, and how many; each is decoded a part at a time. One of them is enough to make every
/// logit NaN.
///
/// # Examples
/// ```
/// use concepts::weights::{Encoding, NotFinite, Tensor, not_finite};
/// let bytes = [1f32, f32::NAN, f32::INFINITY, f32::NAN].map(f32::to_le_bytes).concat();
/// let tensor = Tensor { name: "w", shape: vec![2, 2], encoding: Encoding::F32, bytes: &bytes };
/// assert_eq!(not_finite([&tensor]), [NotFinite { tensor: "w", nan: 2, infinite: 1 }]);
/// ```
pub fn not_finite<'a, 'b: 'a>(tensors: impl IntoIterator<Item = &'a Tensor<'b>>) -> Vec<NotFinite<'b>> {
    let mut numbers = [0.0; PART];
    let mut found = Vec::new();
    for tensor in tensors {
        let (mut nan, mut infinite) = (0, 0);
        let block = tensor.encoding.block_bytes();
        for bytes in tensor.bytes.chunks(PART / tensor.encoding.block_len() * block) {
            let numbers = &mut numbers[..bytes.len() / block * tensor.encoding.block_len()];
            tensor.encoding.decode(bytes, numbers);
            nan += numbers.iter().filter(|weight| weight.is_nan()).count();
            infinite += numbers.iter().filter(|weight| weight.is_infinite()).count();
        }
        if nan + infinite > 0 {
            found.push(NotFinite { tensor: tensor.name, nan, infinite });
        }
    }
    found
}

/// So many numbers are decoded at a time: whole blocks of every encoding.
const PART: usize = 4096;
