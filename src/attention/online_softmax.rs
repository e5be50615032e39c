//! The online softmax: attention over keys that pass by in blocks.

use crate::attention::words::Dimension;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::readable::{average, check_shapes};
use super::{AttentionError, Mask};

/// Attention of one query over keys that pass by in blocks, and may be forgotten at once.
///
/// The softmax needs the largest score before it can weigh the first value, and that is known only
/// after the last key. The way out is to weigh with the largest score *so far*. When a larger one
/// appears, everything summed before was too large by the same factor `e^(m' − m)`, and one
/// multiplication puts it right.
///
/// This is the readable twin of the inner loop of [`tiled_attention`](super::tiled_attention), which
/// does the same for many queries at once.
///
/// # Formula
/// For a block `B` of scores `x` and values `v`:
/// - `m' = max(m, max x_B)`
/// - `l' = l · e^(m − m') + Σ e^(x − m')`
/// - `o' = o · e^(m − m') + Σ e^(x − m') v`
///
/// and at the end the output is `o / l`.
///
/// # Shapes
/// scores `(block)`, values `(block, d_v)` → output `(d_v)`
///
/// # Reference
/// Milakov and Gimelshein 2018, *Online normalizer calculation for softmax*, algorithm 3; Dao et al.
/// 2022, *FlashAttention*, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::attention::OnlineSoftmax;
/// use ndarray::array;
/// // Weights 1/4 and 3/4, although the larger score comes last.
/// let mut online = OnlineSoftmax::new(1);
/// online.push(array![0.0].view(), array![[4.0]].view());
/// online.push(array![3f64.ln()].view(), array![[8.0]].view());
/// assert!((online.finish()[0] - (0.25 * 4.0 + 0.75 * 8.0)).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OnlineSoftmax {
    /// `m`: the largest score so far; −∞ before the first.
    pub max: f64,
    /// `l`: the sum of the weights so far, relative to `max`.
    pub sum: f64,
    /// `o`: the sum of the weighted values so far, relative to `max`, `(d_v)`.
    pub output: Array1<f64>,
}

impl OnlineSoftmax {
    /// Nothing seen yet.
    ///
    /// # Shapes
    /// values will be of width `d_v`
    pub fn new(d_v: usize) -> Self {
        Self { max: f64::NEG_INFINITY, sum: 0.0, output: Array1::zeros(d_v) }
    }

    /// Takes in a block of keys. A score of −∞ hides its key, whatever its value is. A score that is NaN or
    /// +∞ makes the output NaN, as in [`softmax`](crate::numerics::softmax::softmax).
    ///
    /// # Shapes
    /// `block_scores (block)`, `block_values (block, d_v)`
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub fn push(&mut self, block_scores: ArrayView1<f64>, block_values: ArrayView2<f64>) {
        if block_scores.iter().all(|&x| x == f64::NEG_INFINITY) {
            return; // nothing visible, and −∞ − (−∞) would be NaN
        }
        // m' = max(m, max x_B)
        let max = block_scores.fold(self.max, |a, &b| a.max(b));
        // How much too large everything summed so far has become; 0 if there was nothing.
        let shrink = libm::exp(self.max - max);
        let weights = block_scores.mapv(|x| libm::exp(x - max));
        // l' = l · e^(m − m') + Σ e^(x − m')
        self.sum = self.sum * shrink + weights.sum();
        // o' = o · e^(m − m') + Σ e^(x − m') v
        let values = average(block_scores, weights.view(), block_values);
        self.output = &self.output * shrink + values;
        self.max = max;
    }

    /// The output `o / l`, `(d_v)`; all zeros if nothing was visible.
    pub fn finish(self) -> Array1<f64> {
        if self.sum == 0.0 { self.output } else { self.output / self.sum }
    }
}

/// Attention computed by [`OnlineSoftmax`], query by query and block by block of keys.
///
/// No more than `block` scores exist at any time. The result does not depend on `block`, except for
/// the order in which rounding happens.
///
/// # Formula
/// `softmax(q Kᵀ / √d_k) V` for each query `q`, with the softmax of [`OnlineSoftmax`]
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)` → `(n_q, d_v)`
///
/// # Errors
/// [`AttentionError`] if a dimension or `block` is 0, two arrays disagree, or the mask does not fit.
///
/// # Reference
/// Dao et al. 2022, *FlashAttention*, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, attention, tiled_attention_reference};
/// use ndarray::array;
/// let x = array![[1.0, 0.0], [0.5, 2.0], [-1.0, 1.0]];
/// let once = attention(x.view(), x.view(), x.view(), &Mask::Causal)?;
/// let tiled = tiled_attention_reference(x.view(), x.view(), x.view(), &Mask::Causal, 2)?;
/// assert!((&once - &tiled).iter().all(|difference| difference.abs() < 1e-15));
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn tiled_attention_reference(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
    block: usize,
) -> Result<Array2<f64>, AttentionError> {
    check_shapes(q.dim(), k.dim(), v.dim(), mask)?;
    if block == 0 {
        return Err(AttentionError::Empty { what: Dimension::KeyBlock });
    }
    let (n_q, d_k) = q.dim();
    let (n_k, d_v) = v.dim();
    let mut out = Array2::zeros((n_q, d_v));
    for (i, query) in q.axis_iter(Axis(0)).enumerate() {
        let mut online = OnlineSoftmax::new(d_v);
        let blocks = k.axis_chunks_iter(Axis(0), block).zip(v.axis_chunks_iter(Axis(0), block));
        for (b, (keys, values)) in blocks.enumerate() {
            let mut scores = keys.dot(&query) / (d_k as f64).sqrt();
            for (j, score) in scores.iter_mut().enumerate() {
                if !mask.allows(i, b * block + j, n_q, n_k) {
                    *score = f64::NEG_INFINITY;
                }
            }
            online.push(scores.view(), values);
        }
        out.row_mut(i).assign(&online.finish());
    }
    Ok(out)
}
