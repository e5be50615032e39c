//! A matrix of weights, as it is stored.

use std::borrow::Cow;
use std::ops::Range;

use crate::weights::{Encoding, Tensor};

use super::error::{LinearError, Operand};

/// A matrix of weights, in the bytes of its file.
///
/// Nothing is unpacked when it is made, and nothing is kept beside the bytes: a model takes the memory of its file. Only
/// a matrix that has to be [turned](Linear::turned) is copied.
///
/// # Shapes
/// `(rows, columns)`: `columns` activations go in, `rows` come out.
///
/// # Examples
/// ```
/// use concepts::linear::{Linear, Threads};
/// use concepts::weights::{Encoding, Tensor};
/// let bytes: Vec<u8> = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0].iter().flat_map(|x| x.to_le_bytes()).collect();
/// let tensor = Tensor { name: "w", shape: vec![2, 3], encoding: Encoding::F32, bytes: &bytes };
/// let matrix = Linear::new(&tensor)?;
/// let mut out = [0.0; 4];
/// matrix.apply(&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0], 2, &mut out, Threads::One)?;
/// assert_eq!(out, [1.0, 4.0, 6.0, 15.0]);
/// # Ok::<(), concepts::linear::LinearError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linear<'b> {
    encoding: Encoding,
    bytes: Cow<'b, [u8]>,
    rows: usize,
    columns: usize,
}

impl<'b> Linear<'b> {
    /// The matrix that a tensor holds.
    ///
    /// # Errors
    /// [`LinearError`] if it has not two dimensions, one of them is 0, a row ends inside a block, or the bytes are not
    /// those of the shape.
    pub fn new(tensor: &Tensor<'b>) -> Result<Linear<'b>, LinearError> {
        let name = || tensor.name.to_string();
        let &[rows, columns] = tensor.shape.as_slice() else {
            return Err(LinearError::NotAMatrix { name: name(), dimensions: tensor.shape.len() });
        };
        if rows == 0 || columns == 0 {
            return Err(LinearError::Empty { name: name(), rows, columns });
        }
        let block = tensor.encoding.block_len();
        if !columns.is_multiple_of(block) {
            return Err(LinearError::BrokenBlock { name: name(), columns, block });
        }
        let expected = rows.saturating_mul(tensor.row_bytes());
        length(Operand::Bytes, tensor.bytes.len(), expected)?;
        Ok(Linear { encoding: tensor.encoding, bytes: tensor.bytes.into(), rows, columns })
    }

    /// The matrix of a tensor whose inputs are outermost, as GPT-2 stores it at Hugging Face: turned, in bytes of its
    /// own.
    ///
    /// # Shapes
    /// a tensor `(columns, rows)` → `(rows, columns)`
    ///
    /// # Errors
    /// As [`Linear::new`]; [`LinearError::BrokenBlock`] of a tensor in blocks: they lie along the wrong side.
    ///
    /// # Examples
    /// ```
    /// use concepts::linear::{Linear, Threads};
    /// use concepts::weights::{Encoding, Tensor};
    /// let bytes: Vec<u8> = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    /// let tensor = Tensor { name: "w", shape: vec![3, 2], encoding: Encoding::F32, bytes: &bytes };
    /// let mut out = [0.0; 2];
    /// Linear::turned(&tensor)?.apply(&[1.0, 0.0, 0.0], 1, &mut out, Threads::One)?;
    /// assert_eq!(out, [1.0, 2.0]);
    /// # Ok::<(), concepts::linear::LinearError>(())
    /// ```
    pub fn turned(tensor: &Tensor<'_>) -> Result<Linear<'static>, LinearError> {
        let stored = Linear::new(tensor)?;
        let (rows, columns) = (stored.columns, stored.rows);
        let (block, size) = (tensor.encoding.block_len(), tensor.encoding.block_bytes());
        if block > 1 {
            return Err(LinearError::BrokenBlock { name: tensor.name.into(), columns, block });
        }
        let mut bytes = vec![0; stored.bytes.len()];
        for (i, number) in stored.bytes.chunks_exact(size).enumerate() {
            let (column, row) = (i / rows, i % rows);
            bytes[(row * columns + column) * size..][..size].copy_from_slice(number);
        }
        Ok(Linear { encoding: tensor.encoding, bytes: bytes.into(), rows, columns })
    }

    /// Numbers that come out.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Numbers that go in.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How the weights are stored.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Their bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The weights of one row: of a table of embeddings, the embedding of a token.
    ///
    /// # Errors
    /// [`LinearError`] if there is no such row, or `out` is not as long as one.
    ///
    /// # Examples
    /// ```
    /// use concepts::linear::Linear;
    /// use concepts::weights::{Encoding, Tensor};
    /// let bytes = [0x00, 0x38, 2, 0xff].into_iter().chain([0; 30]).collect::<Vec<u8>>();
    /// let tensor = Tensor { name: "w", shape: vec![1, 32], encoding: Encoding::Q8_0, bytes: &bytes };
    /// let mut row = [0.0; 32];
    /// Linear::new(&tensor)?.row(0, &mut row)?;
    /// assert_eq!(row[..3], [1.0, -0.5, 0.0]);
    /// # Ok::<(), concepts::linear::LinearError>(())
    /// ```
    pub fn row(&self, row: usize, out: &mut [f32]) -> Result<(), LinearError> {
        if row >= self.rows {
            return Err(LinearError::NoSuchRow { row, rows: self.rows });
        }
        length(Operand::Row, out.len(), self.columns)?;
        self.decode_row(row, out);
        Ok(())
    }

    /// Some of its rows as a matrix: one of several that are stored as one.
    ///
    /// # Errors
    /// [`LinearError`] if there are no such rows, or none at all.
    pub fn part(&self, rows: Range<usize>) -> Result<Linear<'b>, LinearError> {
        if rows.is_empty() || rows.end > self.rows {
            return Err(LinearError::NoSuchRow { row: rows.end.max(rows.start), rows: self.rows });
        }
        let bytes = self.row_bytes();
        let part = rows.start * bytes..rows.end * bytes;
        let stored = match &self.bytes {
            Cow::Borrowed(stored) => Cow::Borrowed(&stored[part]),
            Cow::Owned(stored) => Cow::Owned(stored[part].to_vec()),
        };
        Ok(Linear { encoding: self.encoding, bytes: stored, rows: rows.len(), columns: self.columns })
    }

    /// Bytes of a row.
    pub(super) fn row_bytes(&self) -> usize {
        self.bytes.len() / self.rows
    }

    /// A row that is there, into as much room.
    pub(super) fn decode_row(&self, row: usize, out: &mut [f32]) {
        let bytes = self.row_bytes();
        self.encoding.decode(&self.bytes[row * bytes..][..bytes], out);
    }
}

/// Refuses what has another length.
pub(super) fn length(what: Operand, found: usize, expected: usize) -> Result<(), LinearError> {
    if found == expected { Ok(()) } else { Err(LinearError::Length { what, found, expected }) }
}
