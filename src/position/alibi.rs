//! A penalty that grows with distance, added to the scores.

use crate::position::words::Dimension;
use ndarray::Array2;

use super::check::{bounded, not_empty};
use super::{PositionError, relative_position};

/// The slope of each head: how much one token of distance costs.
///
/// The slopes are fixed, not trained. A steep head reads its neighbourhood, a flat one the whole text.
/// No slope is below `2⁻⁸`, whatever the number of heads.
///
/// # Formula
/// For `heads` a power of two: `m_h = 2^(−8(h+1)/heads)`. Otherwise, with `n` the largest power of two
/// below: the `n` slopes for `n` heads, then every second one of the slopes for `2n` heads (the 1st,
/// the 3rd, …) until all heads have one.
///
/// # Shapes
/// → `(heads)`
///
/// # Errors
/// [`PositionError`] if `heads` is 0, or above 2²⁸.
///
/// # Reference
/// Press, Smith & Lewis 2022, *Train Short, Test Long: Attention with Linear Biases Enables Input
/// Length Extrapolation*, section 3; the rule for other numbers of heads is that of its code and of
/// BLOOM.
///
/// # Examples
/// ```
/// use concepts::position::alibi_slopes;
/// assert_eq!(alibi_slopes(4)?, [1.0 / 4.0, 1.0 / 16.0, 1.0 / 64.0, 1.0 / 256.0]);
/// // Six heads: those of four, then the 1st and the 3rd of eight.
/// assert_eq!(alibi_slopes(6)?[4..], [1.0 / 2.0, 1.0 / 8.0]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn alibi_slopes(heads: usize) -> Result<Vec<f64>, PositionError> {
    not_empty(Dimension::Heads, heads)?;
    bounded(heads, 1)?;
    let n = 1 << heads.ilog2();
    let whole = (1..=n).map(|k| slope(k, n));
    let between = (1..=2 * n).step_by(2).map(|k| slope(k, 2 * n));
    Ok(whole.chain(between).take(heads).collect())
}

/// The `k`-th of `n` slopes, counted from 1.
fn slope(k: usize, n: usize) -> f64 {
    libm::exp2(-((8 * k) as f64) / n as f64)
}

/// What ALiBi adds to the scores of one head.
///
/// The paper masks the future, where the bias does not matter. Without a causal mask the same penalty
/// is used on both sides, by distance.
///
/// # Formula
/// `B_ij = −slope · |p_i − j|`, `p_i = i + n_k − n_q`: the last query stands at the last key
///
/// # Shapes
/// → `(n_q, n_k)`
///
/// # Errors
/// [`PositionError`] if a number is 0 or the result would have more than 2²⁸ elements.
///
/// # Reference
/// Press, Smith & Lewis 2022, *Train Short, Test Long*, figure 3.
///
/// # Examples
/// ```
/// use concepts::position::alibi_bias;
/// use ndarray::array;
/// let bias = alibi_bias(2, 3, 0.5)?;
/// assert_eq!(bias, array![[-0.5, -0.0, -0.5], [-1.0, -0.5, -0.0]]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn alibi_bias(n_q: usize, n_k: usize, slope: f64) -> Result<Array2<f64>, PositionError> {
    not_empty(Dimension::Queries, n_q)?;
    not_empty(Dimension::Keys, n_k)?;
    bounded(n_q, n_k)?;
    Ok(penalties(n_q, n_k, slope))
}

/// `−slope · |p_i − j|`, `(n_q, n_k)`.
pub(super) fn penalties(n_q: usize, n_k: usize, slope: f64) -> Array2<f64> {
    // (n_q, n_k)
    Array2::from_shape_fn((n_q, n_k), |(i, j)| {
        -slope * relative_position(i, j, n_q, n_k).unsigned_abs() as f64
    })
}
