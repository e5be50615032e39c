//! One trained vector a position, added to the input.

use crate::position::words::Dimension;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use rand::Rng;

use super::PositionError;
use super::check::{bounded, not_empty};
use crate::numerics::normal;

/// A table of position vectors that training fills, one row a position.
///
/// It can express anything about the positions it has, and nothing about the others: there is no row
/// beyond the last one, and [`LearnedTable::row`] says so.
///
/// # Shapes
/// `(max_len, d_model)`
///
/// # Reference
/// Gehring et al. 2017, *Convolutional Sequence to Sequence Learning*; Devlin et al. 2019, *BERT*.
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::position::LearnedTable;
/// let table = LearnedTable::random(512, 16, 0.02, &mut rng(7, "doc"))?;
/// assert_eq!(table.parameters(), 512 * 16);
/// assert!(table.row(511).is_ok());
/// assert!(table.row(512).is_err());
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedTable {
    table: Array2<f64>,
}

impl LearnedTable {
    /// A table before training: independent entries `N(0, std²)`.
    ///
    /// # Errors
    /// [`PositionError`] if a dimension is 0 or the table would have more than 2²⁸ elements.
    pub fn random(
        max_len: usize,
        d_model: usize,
        std: f64,
        rng: &mut impl Rng,
    ) -> Result<LearnedTable, PositionError> {
        bounded(max_len, d_model)?;
        LearnedTable::from_weights(normal((max_len, d_model), std, rng))
    }

    /// A table with these rows, `(max_len, d_model)`.
    ///
    /// # Errors
    /// [`PositionError::Empty`] if a dimension is 0.
    pub fn from_weights(table: Array2<f64>) -> Result<LearnedTable, PositionError> {
        not_empty(Dimension::Positions, table.nrows())?;
        not_empty(Dimension::DModel, table.ncols())?;
        Ok(LearnedTable { table })
    }

    /// The vector of one position, `(d_model)`.
    ///
    /// # Errors
    /// [`PositionError::BeyondTable`] if no such position was trained.
    pub fn row(&self, position: usize) -> Result<ArrayView1<'_, f64>, PositionError> {
        if position >= self.max_len() {
            return Err(PositionError::BeyondTable { position, len: self.max_len() });
        }
        Ok(self.table.row(position))
    }

    /// The vectors of the first `n` positions, `(n, d_model)`.
    ///
    /// # Errors
    /// [`PositionError::BeyondTable`] if the table is shorter.
    pub fn rows(&self, n: usize) -> Result<ArrayView2<'_, f64>, PositionError> {
        if n > self.max_len() {
            return Err(PositionError::BeyondTable { position: n - 1, len: self.max_len() });
        }
        Ok(self.table.slice_axis(Axis(0), Slice::from(..n)))
    }

    /// The whole table, `(max_len, d_model)`.
    pub fn table(&self) -> &Array2<f64> {
        &self.table
    }

    /// Number of positions.
    pub fn max_len(&self) -> usize {
        self.table.nrows()
    }

    /// Number of trained numbers: `max_len · d_model`. It grows with the longest text.
    pub fn parameters(&self) -> usize {
        self.table.len()
    }

    /// The same table stretched (or squeezed) to `new_len` positions.
    ///
    /// This is a work-around, not an extrapolation. The two ends stay where they are, and what lay one
    /// token apart now lies `(new_len − 1) / (max_len − 1)` tokens apart: the model has to be trained a
    /// little more to get used to it.
    ///
    /// # Formula
    /// Row `p` lies at `t = p (max_len − 1) / (new_len − 1)` of the old table, between rows `⌊t⌋` and
    /// `⌈t⌉`: `(1 − f) E[⌊t⌋] + f E[⌈t⌉]`, `f = t − ⌊t⌋`. A single new row is the first old one.
    ///
    /// # Errors
    /// [`PositionError`] if `new_len` is 0 or the table would have more than 2²⁸ elements.
    ///
    /// # Reference
    /// Dosovitskiy et al. 2021, *An Image Is Worth 16x16 Words*, section 3.2 (there in two dimensions).
    ///
    /// # Examples
    /// ```
    /// use concepts::position::LearnedTable;
    /// use ndarray::array;
    /// let table = LearnedTable::from_weights(array![[0.0], [10.0], [30.0]])?;
    /// let longer = table.interpolated(5)?;
    /// assert_eq!(longer.table(), &array![[0.0], [5.0], [10.0], [20.0], [30.0]]);
    /// # Ok::<(), concepts::position::PositionError>(())
    /// ```
    pub fn interpolated(&self, new_len: usize) -> Result<LearnedTable, PositionError> {
        not_empty(Dimension::NewPositions, new_len)?;
        bounded(new_len, self.table.ncols())?;
        let last = self.max_len() - 1;
        let step = last as f64 / new_len.saturating_sub(1).max(1) as f64;
        // (new_len, d_model)
        let mut table = Array2::zeros((new_len, self.table.ncols()));
        for (p, mut row) in table.outer_iter_mut().enumerate() {
            let place = (p as f64 * step).min(last as f64);
            let (below, fraction) = (place.floor() as usize, place.fract());
            row.scaled_add(1.0 - fraction, &self.table.row(below));
            row.scaled_add(fraction, &self.table.row((below + 1).min(last)));
        }
        LearnedTable::from_weights(table)
    }
}
