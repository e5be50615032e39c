//! Sines and cosines of many wavelengths, added to the input.

use crate::position::words::Dimension;
use ndarray::Array2;

use super::PositionError;
use super::check::{bounded, not_empty};
use super::frequencies::geometric;

/// The frequencies of a sinusoidal table, in radians a token, the fastest first.
///
/// # Formula
/// `ωᵢ = base^(−2i/d_model)`, `i = 0 .. d_model/2`
///
/// # Shapes
/// → `(d_model/2)`
///
/// # Errors
/// [`PositionError`] if `d_model` is 0 or odd, or `base` is not a finite number above 1.
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.5.
///
/// # Examples
/// ```
/// use concepts::position::sinusoidal_frequencies;
/// let omega = sinusoidal_frequencies(4, 10_000.0)?;
/// assert_eq!(omega[0], 1.0);
/// assert!((omega[1] - 0.01).abs() < 1e-15);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn sinusoidal_frequencies(d_model: usize, base: f64) -> Result<Vec<f64>, PositionError> {
    geometric(Dimension::DModel, d_model, base)
}

/// The sinusoidal encoding of the positions `0 .. n`, one row each.
///
/// Every position gets a row of its own without anything being trained, and every row has the same
/// length `√(d_model/2)`.
///
/// # Formula
/// `PE(p, 2i) = sin(p ωᵢ)`, `PE(p, 2i+1) = cos(p ωᵢ)`, `ωᵢ = base^(−2i/d_model)`
///
/// # Shapes
/// → `(n, d_model)`
///
/// # Errors
/// [`PositionError`] if `n` is 0, `d_model` is 0 or odd, `base` is not a finite number above 1, or the
/// table would have more than 2²⁸ elements.
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.5.
///
/// # Examples
/// ```
/// use concepts::position::sinusoidal_table;
/// let table = sinusoidal_table(50, 8, 10_000.0)?;
/// assert_eq!(table.row(0).to_vec(), [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
/// assert_eq!(table[[3, 0]], libm::sin(3.0));
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn sinusoidal_table(n: usize, d_model: usize, base: f64) -> Result<Array2<f64>, PositionError> {
    not_empty(Dimension::Positions, n)?;
    bounded(n, d_model)?;
    let omega = sinusoidal_frequencies(d_model, base)?;
    // (n, d_model)
    let mut table = Array2::zeros((n, d_model));
    for (p, mut row) in table.outer_iter_mut().enumerate() {
        for (i, &omega) in omega.iter().enumerate() {
            let (sin, cos) = libm::sincos(p as f64 * omega);
            row[2 * i] = sin;
            row[2 * i + 1] = cos;
        }
    }
    Ok(table)
}

/// The matrix that moves any position `k` tokens on.
///
/// It turns each pair by a fixed angle and does not depend on `p`. So whatever looks `k` tokens away
/// can be one linear map, the same everywhere in the text. `k` may be negative.
///
/// # Formula
/// `PE(p + k) = R(k) PE(p)`, `R(k)` block-diagonal with blocks
/// `[[cos kωᵢ, sin kωᵢ], [−sin kωᵢ, cos kωᵢ]]`
///
/// # Shapes
/// → `(d_model, d_model)`
///
/// # Errors
/// As [`sinusoidal_table`].
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.5: "`PE(pos+k)` can be represented as a
/// linear function of `PE(pos)`".
///
/// # Examples
/// ```
/// use concepts::numerics::tolerance::EXACT_F64;
/// use concepts::position::{sinusoidal_shift, sinusoidal_table};
/// let table = sinusoidal_table(50, 8, 10_000.0)?;
/// let moved = sinusoidal_shift(7, 8, 10_000.0)?.dot(&table.row(30));
/// let difference = &moved - &table.row(37);
/// assert!(difference.iter().all(|x| x.abs() < EXACT_F64));
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn sinusoidal_shift(k: i64, d_model: usize, base: f64) -> Result<Array2<f64>, PositionError> {
    bounded(d_model, d_model)?;
    let omega = sinusoidal_frequencies(d_model, base)?;
    // (d_model, d_model)
    let mut shift = Array2::zeros((d_model, d_model));
    for (i, &omega) in omega.iter().enumerate() {
        let (sin, cos) = libm::sincos(k as f64 * omega);
        let (s, c) = (2 * i, 2 * i + 1);
        // The pair is (sin, cos): sin(p + k) = cos k · sin p + sin k · cos p.
        shift[[s, s]] = cos;
        shift[[s, c]] = sin;
        shift[[c, s]] = -sin;
        shift[[c, c]] = cos;
    }
    Ok(shift)
}
