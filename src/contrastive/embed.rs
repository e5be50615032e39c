//! Vectors of length 1, and the gradient through making them so.

use ndarray::{Array2, ArrayView2, Axis};

use super::{ContrastiveError, Side};

/// Every row divided by its length, so that a dot product is a cosine.
///
/// # Formula
/// `ẑᵢ = zᵢ / ‖zᵢ‖`
///
/// # Shapes
/// `z (n, d)` → `(n, d)`
///
/// # Errors
/// [`ContrastiveError::NotFinite`], [`ContrastiveError::NoDirection`].
///
/// # Examples
/// ```
/// use concepts::contrastive::{Side, unit_rows};
/// use ndarray::array;
/// let unit = unit_rows(array![[3.0, 4.0]].view(), Side::Images)?;
/// assert_eq!(unit, array![[0.6, 0.8]]);
/// assert!(unit_rows(array![[0.0, 0.0]].view(), Side::Texts).is_err());
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn unit_rows(z: ArrayView2<f64>, side: Side) -> Result<Array2<f64>, ContrastiveError> {
    finite(z, side)?;
    let mut unit = z.to_owned();
    for (i, mut row) in unit.outer_iter_mut().enumerate() {
        // By the largest entry first: squares of large numbers overflow, those of small ones vanish.
        let most = row.fold(0.0, |most: f64, x| most.max(x.abs()));
        if most == 0.0 {
            return Err(ContrastiveError::NoDirection { side, row: i + 1 });
        }
        row /= most;
        let length = row.dot(&row).sqrt();
        row /= length;
    }
    Ok(unit)
}

/// The gradient by `z`, from the gradient by `ẑ = z / ‖z‖`: what points along `ẑ` does not come through.
///
/// # Formula
/// `dzᵢ = (dẑᵢ − (dẑᵢ·ẑᵢ) ẑᵢ) / ‖zᵢ‖`
///
/// # Shapes
/// `z, dẑ (n, d)` → `(n, d)`
///
/// # Examples
/// ```
/// use concepts::contrastive::through_unit_rows;
/// use ndarray::array;
/// let z = array![[0.0, 2.0]];
/// // Along z nothing changes its direction; across it half as much, since z is 2 long.
/// assert_eq!(through_unit_rows(z.view(), array![[1.0, 5.0]].view()), array![[0.5, 0.0]]);
/// ```
pub fn through_unit_rows(z: ArrayView2<f64>, gradient: ArrayView2<f64>) -> Array2<f64> {
    let mut by_z = gradient.to_owned();
    for (mut by_z, z) in by_z.outer_iter_mut().zip(z.outer_iter()) {
        let square = z.dot(&z);
        let along = by_z.dot(&z) / square;
        by_z.zip_mut_with(&z, |by_z, z| *by_z = (*by_z - along * z) / square.sqrt());
    }
    by_z
}

pub(super) fn finite(z: ArrayView2<f64>, side: Side) -> Result<(), ContrastiveError> {
    match z.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some(((row, column), &value)) => {
            Err(ContrastiveError::NotFinite { side, row: row + 1, column: column + 1, value })
        }
        None => Ok(()),
    }
}

/// One text for each image, at least two of them, of one width.
pub(super) fn paired(images: (usize, usize), texts: (usize, usize)) -> Result<(), ContrastiveError> {
    if images.0 != texts.0 {
        return Err(ContrastiveError::Unpaired { images: images.0, texts: texts.0 });
    }
    if images.1 != texts.1 {
        return Err(ContrastiveError::Widths { images: images.1, texts: texts.1 });
    }
    if images.0 < 2 {
        return Err(ContrastiveError::TooFewPairs { pairs: images.0 });
    }
    Ok(())
}

/// The mean of all rows, as one row.
pub(super) fn mean_row(z: ArrayView2<f64>) -> ndarray::Array1<f64> {
    z.mean_axis(Axis(0)).unwrap_or_else(|| ndarray::Array1::zeros(z.ncols()))
}
