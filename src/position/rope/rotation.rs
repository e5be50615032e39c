//! The rotation, twice: as a matrix and as a product of complex numbers.

use crate::position::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2, Axis, Slice};
use num_complex::Complex64;

use super::Layout;
use crate::position::PositionError;
use crate::position::check::same;

/// The matrix that turns the features of a token at position `m`.
///
/// It is orthogonal, and its inverse is that of position `−m`.
///
/// # Formula
/// Pair `i` is turned by `m θᵢ`: the block `[[cos mθᵢ, −sin mθᵢ], [sin mθᵢ, cos mθᵢ]]` on the two
/// features of the pair
///
/// # Shapes
/// `frequencies (d/2)` → `(d, d)`
///
/// # Reference
/// Su et al. 2021, *RoFormer*, equation 15.
///
/// # Examples
/// ```
/// use concepts::numerics::{max_difference, tolerance::EXACT_F64};
/// use concepts::position::rope::{Layout, rope_frequencies, rotation_matrix};
/// let theta = rope_frequencies(8, 10_000.0)?;
/// let r = |m| rotation_matrix(m, &theta, Layout::Interleaved);
/// // A query at 3 and a key at 10 see only that they are 7 apart.
/// assert!(max_difference(&r(3).t().dot(&r(10)), &r(7)) < EXACT_F64);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn rotation_matrix(m: i64, frequencies: &[f64], layout: Layout) -> Array2<f64> {
    let pairs = frequencies.len();
    // (d, d)
    let mut r = Array2::zeros((2 * pairs, 2 * pairs));
    for (i, theta) in frequencies.iter().enumerate() {
        let (sin, cos) = libm::sincos(m as f64 * theta);
        let (a, b) = layout.pair(i, pairs);
        r[[a, a]] = cos;
        r[[a, b]] = -sin;
        r[[b, a]] = sin;
        r[[b, b]] = cos;
    }
    r
}

/// Turns each row by the matrix of its position.
///
/// The first `2 · frequencies.len()` features are turned. With fewer frequencies than pairs the rest
/// stays as it is (partial rotation). Negative positions turn back.
///
/// # Formula
/// `yᵢ = R(mᵢ) xᵢ`
///
/// # Shapes
/// `x (n, d)`, `positions (n)`, `frequencies (≤ d/2)` → `(n, d)`
///
/// # Errors
/// [`PositionError`] if there is not one position a row, or more pairs than features for them.
///
/// # Reference
/// Su et al. 2021, *RoFormer*, equations 14 and 15; partial rotation: Black et al. 2022, *GPT-NeoX-20B*.
///
/// # Examples
/// ```
/// use concepts::position::rope::{Layout, rotate_by_matrix};
/// use ndarray::array;
/// // A quarter turn a token.
/// let quarter = [std::f64::consts::FRAC_PI_2];
/// let x = array![[1.0, 0.0, 5.0], [1.0, 0.0, 5.0]];
/// let y = rotate_by_matrix(x.view(), &[0, 1], &quarter, Layout::Interleaved)?;
/// assert_eq!(y.row(0), x.row(0));
/// assert!((y[[1, 1]] - 1.0).abs() < 1e-15 && y[[1, 2]] == 5.0);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn rotate_by_matrix(
    x: ArrayView2<f64>,
    positions: &[i64],
    frequencies: &[f64],
    layout: Layout,
) -> Result<Array2<f64>, PositionError> {
    check(x.dim(), positions, frequencies)?;
    let rotated = Slice::from(..2 * frequencies.len());
    let mut y = x.to_owned();
    for (i, &m) in positions.iter().enumerate() {
        // (rotary_dim, rotary_dim) · (rotary_dim) → (rotary_dim)
        let turned = rotation_matrix(m, frequencies, layout).dot(&x.row(i).slice_axis(Axis(0), rotated));
        y.row_mut(i).slice_axis_mut(Axis(0), rotated).assign(&turned);
    }
    Ok(y)
}

/// [`rotate_by_matrix`] with each pair read as one complex number: `d/2` products a row, not `d²`.
///
/// # Formula
/// `z = xₐ + i x_b`, `z ↦ z · e^(i m θ)`
///
/// # Shapes
/// As [`rotate_by_matrix`].
///
/// # Errors
/// As [`rotate_by_matrix`].
///
/// # Reference
/// Su et al. 2021, *RoFormer*, equation 12.
///
/// # Examples
/// ```
/// use concepts::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};
/// use concepts::position::rope::{Layout, rope_frequencies, rotate_by_complex, rotate_by_matrix};
/// let x = normal((3, 8), 1.0, &mut rng(7, "doc"));
/// let theta = rope_frequencies(8, 10_000.0)?;
/// let a = rotate_by_matrix(x.view(), &[0, 5, 90], &theta, Layout::Halves)?;
/// let b = rotate_by_complex(x.view(), &[0, 5, 90], &theta, Layout::Halves)?;
/// assert!(max_difference(&a, &b) < EXACT_F64);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn rotate_by_complex(
    x: ArrayView2<f64>,
    positions: &[i64],
    frequencies: &[f64],
    layout: Layout,
) -> Result<Array2<f64>, PositionError> {
    check(x.dim(), positions, frequencies)?;
    let mut y = x.to_owned();
    for (mut row, &m) in y.outer_iter_mut().zip(positions) {
        for (i, theta) in frequencies.iter().enumerate() {
            let (a, b) = layout.pair(i, frequencies.len());
            let (sin, cos) = libm::sincos(m as f64 * theta);
            let turned = Complex64::new(row[a], row[b]) * Complex64::new(cos, sin);
            (row[a], row[b]) = (turned.re, turned.im);
        }
    }
    Ok(y)
}

/// One position a row, and features enough for the pairs.
fn check((n, d): (usize, usize), positions: &[i64], frequencies: &[f64]) -> Result<(), PositionError> {
    same(Dimension::Tokens, (Operand::Positions, positions.len()), (Operand::X, n))?;
    if 2 * frequencies.len() > d {
        return Err(PositionError::RotaryTooWide { rotary_dim: 2 * frequencies.len(), head_dim: d });
    }
    Ok(())
}
