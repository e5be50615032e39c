use crate::position::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2, Axis, Slice};

use super::PositionError;
use super::check::same;

/// Adds the rows of a table to the tokens at the positions `first .. first + n`.
///
/// This is how a sinusoidal or a learned table is used: once, before the first layer.
///
/// # Formula
/// `X_i + table[first + i]`
///
/// # Shapes
/// `x (n, d_model)`, `table (len, d_model)` → `(n, d_model)`
///
/// # Errors
/// [`PositionError`] if the widths differ or the table has no row for the last token.
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.5.
///
/// # Examples
/// ```
/// use concepts::position::add_positions;
/// use ndarray::array;
/// let table = array![[1.0], [2.0], [3.0]];
/// let x = array![[10.0], [10.0]];
/// assert_eq!(add_positions(x.view(), table.view(), 1)?, array![[12.0], [13.0]]);
/// assert!(add_positions(x.view(), table.view(), 2).is_err());
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn add_positions(
    x: ArrayView2<f64>,
    table: ArrayView2<f64>,
    first: usize,
) -> Result<Array2<f64>, PositionError> {
    same(Dimension::DModel, (Operand::Tokens, x.ncols()), (Operand::Table, table.ncols()))?;
    let end = first.saturating_add(x.nrows());
    if end > table.nrows() {
        return Err(PositionError::BeyondTable { position: end - 1, len: table.nrows() });
    }
    // (n, d_model)
    Ok(&x + &table.slice_axis(Axis(0), Slice::from(first..end)))
}
