//! Rows brought to a common length.

use ndarray::{Array2, Axis};

/// Each row divided by its root mean square: afterwards the squares of a row have the mean 1.
///
/// `epsilon` keeps a row of zeros from being divided by 0, and makes short rows a little shorter.
///
/// # Formula
/// `yᵢ = xᵢ / √(mean(xᵢ²) + ε)`
///
/// # Shapes
/// `(n, d)` → `(n, d)`
///
/// # Reference
/// Zhang & Sennrich 2019, *Root Mean Square Layer Normalization*, equation 4.
///
/// # Examples
/// ```
/// use concepts::numerics::rms_normalise;
/// use ndarray::array;
/// assert_eq!(rms_normalise(&array![[3.0, -3.0], [0.0, 0.0]], 0.0).row(0).to_vec(), [1.0, -1.0]);
/// assert_eq!(rms_normalise(&array![[0.0, 0.0]], 1e-6), array![[0.0, 0.0]]);
/// ```
pub fn rms_normalise(x: &Array2<f64>, epsilon: f64) -> Array2<f64> {
    let mut y = x.clone();
    for mut row in y.axis_iter_mut(Axis(0)) {
        let mean_square = row.dot(&row) / row.len() as f64;
        row /= (mean_square + epsilon).sqrt();
    }
    y
}
