//! A tensor as it lies in a file.

use super::Encoding;

/// A tensor as it lies in a file.
///
/// # Shapes
/// The last dimension is contiguous: neighbours in a row are neighbours in the file, and a row is whole blocks. (A file
/// of GGUF writes its dimensions in the other order; the readers here turn them.)
///
/// # Examples
/// ```
/// use concepts::weights::{Encoding, Tensor};
/// let bytes: Vec<u8> = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0].iter().flat_map(|x| x.to_le_bytes()).collect();
/// let tensor = Tensor { name: "w", shape: vec![2, 3], encoding: Encoding::F32, bytes: &bytes };
/// assert_eq!((tensor.rows(), tensor.columns()), (2, 3));
/// let mut row = [0.0; 3];
/// tensor.encoding.decode(tensor.row(1), &mut row);
/// assert_eq!(row, [4.0, 5.0, 6.0]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor<'b> {
    /// Its name in the file.
    pub name: &'b str,
    /// Its dimensions, outermost first; none for a single number.
    pub shape: Vec<usize>,
    /// How its numbers are stored.
    pub encoding: Encoding,
    /// Where they are stored.
    pub bytes: &'b [u8],
}

impl<'b> Tensor<'b> {
    /// How many numbers it has.
    pub fn elements(&self) -> usize {
        product(&self.shape)
    }

    /// The product of all dimensions but the last.
    pub fn rows(&self) -> usize {
        self.shape.split_last().map_or(1, |(_, outer)| product(outer))
    }

    /// The last dimension.
    pub fn columns(&self) -> usize {
        self.shape.last().copied().unwrap_or(1)
    }

    /// Bytes of a row.
    pub fn row_bytes(&self) -> usize {
        (self.columns() / self.encoding.block_len()).saturating_mul(self.encoding.block_bytes())
    }

    /// The bytes of row `i`; none behind the last.
    pub fn row(&self, i: usize) -> &'b [u8] {
        let bytes = self.row_bytes();
        let start = i.checked_mul(bytes);
        start.and_then(|start| self.bytes.get(start..start.checked_add(bytes)?)).unwrap_or_default()
    }

    /// All its numbers, row after row, in `f32`.
    pub fn decode(&self) -> Vec<f32> {
        // As many as the bytes hold: that bounds the memory by the file's size.
        let blocks = self.bytes.len() / self.encoding.block_bytes();
        let mut out = vec![0.0; blocks * self.encoding.block_len()];
        self.encoding.decode(self.bytes, &mut out);
        out
    }
}

/// A shape made by hand may be beyond what can be counted.
fn product(dimensions: &[usize]) -> usize {
    dimensions.iter().fold(1, |all: usize, &dimension| all.saturating_mul(dimension))
}
