//! Scaled dot-product attention as it stands on the whiteboard.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::AttentionError;
use super::mask::{Mask, same};
use crate::numerics::softmax::softmax_rows;

/// Every intermediate result of [`attention_trace`], for a reader who wants to see the steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// `Q Kᵀ`, `(n_q, n_k)`, before scaling.
    pub dots: Array2<f64>,
    /// `Q Kᵀ / √d_k`, `(n_q, n_k)`, plus the bias if there is one, with −∞ where the mask hides a key.
    pub scores: Array2<f64>,
    /// `softmax(scores)` over the keys, `(n_q, n_k)`.
    pub weights: Array2<f64>,
    /// `weights · V`, `(n_q, d_v)`.
    pub output: Array2<f64>,
}

/// Scaled dot-product attention, formula line by line.
///
/// # Formula
/// `Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V`, softmax over the keys
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)` → `(n_q, d_v)`
///
/// A query that may see no key at all gets the output 0 (there is nothing to average), never NaN.
///
/// # Errors
/// [`AttentionError`] if a dimension is 0, two arrays disagree, or the mask does not fit.
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, equation 1.
///
/// # Examples
/// ```
/// use concepts::attention::{attention, Mask};
/// use ndarray::array;
/// // A query that matches the second key far better than the first reads the second value.
/// let q = array![[0.0, 100.0]];
/// let k = array![[1.0, 0.0], [0.0, 1.0]];
/// let v = array![[1.0, 2.0], [3.0, 4.0]];
/// let out = attention(q.view(), k.view(), v.view(), &Mask::None)?;
/// assert!((out[[0, 0]] - 3.0).abs() < 1e-12 && (out[[0, 1]] - 4.0).abs() < 1e-12);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn attention(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
) -> Result<Array2<f64>, AttentionError> {
    Ok(attention_trace(q, k, v, mask)?.output)
}

/// [`attention`] with all its intermediate results.
///
/// # Errors
/// As [`attention`].
pub fn attention_trace(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
) -> Result<Trace, AttentionError> {
    attention_trace_with(q, k, v, mask, None)
}

/// [`attention_trace`] with a bias on the scores: what a position scheme such as ALiBi adds.
///
/// The bias comes after the scaling and before the mask, so a hidden key stays hidden.
///
/// # Formula
/// `softmax(Q Kᵀ / √d_k + B) V`
///
/// # Shapes
/// As [`attention`]; `bias (n_q, n_k)`
///
/// # Errors
/// As [`attention`], or if the bias does not fit.
///
/// # Reference
/// Shaw, Uszkoreit & Vaswani 2018, *Self-Attention with Relative Position Representations*; as a plain
/// sum of numbers in Raffel et al. 2020 (T5), section 2.1.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, attention_trace_with};
/// use ndarray::array;
/// // Nothing in the features tells the keys apart: the bias decides.
/// let (q, k, v) = (array![[0.0]], array![[1.0], [1.0]], array![[1.0], [5.0]]);
/// let bias = array![[0.0, 3.0_f64.ln()]];
/// let trace = attention_trace_with(q.view(), k.view(), v.view(), &Mask::None, Some(&bias))?;
/// assert!((trace.weights[[0, 1]] - 0.75).abs() < 1e-12);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn attention_trace_with(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
    bias: Option<&Array2<f64>>,
) -> Result<Trace, AttentionError> {
    // √d_k: a sum of d_k products of unit variance has this standard deviation.
    trace_divided(q, k, v, mask, bias, (q.ncols() as f64).sqrt())
}

/// [`attention_trace_with`] for scores that are divided by another number than `√d_k`.
pub(super) fn trace_divided(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
    bias: Option<&Array2<f64>>,
    divisor: f64,
) -> Result<Trace, AttentionError> {
    check_shapes(q.dim(), k.dim(), v.dim(), mask)?;
    let (n_q, n_k) = (q.nrows(), k.nrows());

    // (n_q, d_k) · (d_k, n_k) → (n_q, n_k): how well does each query match each key?
    let dots = q.dot(&k.t());
    // Bring them to unit size, so that the softmax is neither flat nor saturated.
    let mut scores = &dots / divisor;
    // Add what the distance between query and key is worth, if anything.
    if let Some(bias) = bias {
        same(Dimension::Queries, (Operand::Bias, bias.nrows()), (Operand::Q, n_q))?;
        same(Dimension::Keys, (Operand::Bias, bias.ncols()), (Operand::K, n_k))?;
        scores += bias;
    }
    // Hide before the softmax, so that each row still sums to 1.
    for ((i, j), score) in scores.indexed_iter_mut() {
        if !mask.allows(i, j, n_q, n_k) {
            *score = f64::NEG_INFINITY;
        }
    }
    // Softmax over the keys: each row becomes a weighting that sums to 1.
    let weights = softmax_rows(&scores);
    // (n_q, n_k) · (n_k, d_v) → (n_q, d_v): the weighted average of the values.
    let mut output = weights.dot(&v);
    // 0 · NaN is NaN: what a hidden value holds must not get through.
    if !v.iter().all(|x| x.is_finite()) {
        for (i, mut row) in output.axis_iter_mut(Axis(0)).enumerate() {
            row.assign(&average(scores.row(i), weights.row(i), v));
        }
    }

    Ok(Trace { dots, scores, weights, output })
}

/// `Σⱼ pⱼ vⱼ` of one query over the keys whose score is not −∞: a hidden value counts for nothing, even if
/// it is NaN.
///
/// # Shapes
/// `scores (n_k)`, `weights (n_k)`, `v (n_k, d_v)` → `(d_v)`
pub(super) fn average(scores: ArrayView1<f64>, weights: ArrayView1<f64>, v: ArrayView2<f64>) -> Array1<f64> {
    let mut sum = Array1::zeros(v.ncols());
    for ((&score, &weight), value) in scores.iter().zip(weights).zip(v.axis_iter(Axis(0))) {
        if score != f64::NEG_INFINITY {
            sum.scaled_add(weight, &value);
        }
    }
    sum
}

/// The checks that every form of attention makes first.
pub(super) fn check_shapes(
    (n_q, d_q): (usize, usize),
    (n_k, d_k): (usize, usize),
    (n_v, d_v): (usize, usize),
    mask: &Mask,
) -> Result<(), AttentionError> {
    for (what, size) in
        [(Dimension::Queries, n_q), (Dimension::Keys, n_k), (Dimension::DK, d_k), (Dimension::DV, d_v)]
    {
        if size == 0 {
            return Err(AttentionError::Empty { what });
        }
    }
    same(Dimension::DK, (Operand::Q, d_q), (Operand::K, d_k))?;
    same(Dimension::Keys, (Operand::K, n_k), (Operand::V, n_v))?;
    mask.check(n_q, n_k)
}
