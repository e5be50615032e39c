//! The checks that the schemes share.

use super::PositionError;
use super::words::{Dimension, Operand};

/// No table has more elements: 2 GiB of `f64`. A length beyond this is a mistake, not a model.
const MAX_ELEMENTS: usize = 1 << 28;

/// Is the dimension there at all?
pub(super) fn not_empty(what: Dimension, size: usize) -> Result<(), PositionError> {
    if size == 0 {
        return Err(PositionError::Empty { what });
    }
    Ok(())
}

/// Does the dimension split into pairs?
pub(super) fn even(what: Dimension, size: usize) -> Result<(), PositionError> {
    not_empty(what, size)?;
    if !size.is_multiple_of(2) {
        return Err(PositionError::OddDimension { what, size });
    }
    Ok(())
}

/// Does a table of this size fit into memory?
pub(super) fn bounded(rows: usize, columns: usize) -> Result<(), PositionError> {
    match rows.checked_mul(columns) {
        Some(elements) if elements <= MAX_ELEMENTS => Ok(()),
        _ => Err(PositionError::TooLarge { rows, columns, limit: MAX_ELEMENTS }),
    }
}

/// Do two arrays agree on a dimension?
pub(super) fn same(
    what: Dimension,
    (left_name, left): (Operand, usize),
    (right_name, right): (Operand, usize),
) -> Result<(), PositionError> {
    if left == right {
        return Ok(());
    }
    Err(PositionError::ShapeMismatch { what, left_name, left, right_name, right })
}
