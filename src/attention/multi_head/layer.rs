//! The layer: its weights, and what it makes of tokens.

use ndarray::{Array2, ArrayView2, Axis, Slice};
use rand::Rng;

use crate::attention::mask::same;
use crate::attention::words::{Dimension, Operand};
use crate::attention::{AttentionError, Mask, NoPositions, Trace};
use crate::numerics::normal;

/// A layer of multi-head attention, without biases.
///
/// Query head `h` reads key/value head `h / (heads / kv_heads)`. With `kv_heads = heads` every head has
/// keys and values of its own (MHA). With fewer, groups of query heads share them (grouped-query
/// attention, GQA), down to `kv_heads = 1` (multi-query attention, MQA): the KV cache shrinks by
/// `heads / kv_heads`, the queries stay as many.
///
/// # Formula
/// `headₕ = Attention(X W_Q^(h), X W_K^(g), X W_V^(g))`, `g = h / (heads / kv_heads)`;
/// `MultiHead(X) = concat(head₀, …) W_O`
///
/// # Shapes
/// `w_q (d_model, heads·d_head)`, `w_k` and `w_v (d_model, kv_heads·d_head)`,
/// `w_o (heads·d_head, d_model)`; head `h` owns columns (of `w_o`: rows) `h·d_head .. (h+1)·d_head`
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.2.2; Shazeer 2019, *Fast Transformer
/// Decoding* (MQA); Ainslie et al. 2023, *GQA*.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, MultiHead};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
/// let x = normal((5, 16), 1.0, &mut rng);
/// assert_eq!(layer.forward(x.view(), &Mask::Causal)?.dim(), (5, 16));
/// assert_eq!(layer.key_head(3), 1); // query heads 2 and 3 share key head 1
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MultiHead {
    pub(super) heads: usize,
    pub(super) kv_heads: usize,
    pub(super) d_head: usize,
    pub(super) w_q: Array2<f64>,
    pub(super) w_k: Array2<f64>,
    pub(super) w_v: Array2<f64>,
    pub(super) w_o: Array2<f64>,
}

/// Every intermediate result of [`MultiHead::trace`]. Queries and keys are as they leave the projections,
/// before any rotation.
#[derive(Debug, Clone, PartialEq)]
pub struct MultiHeadTrace {
    /// `X_q W_Q`, `(n_q, heads·d_head)`.
    pub q: Array2<f64>,
    /// `X_kv W_K`, `(n_k, kv_heads·d_head)`.
    pub k: Array2<f64>,
    /// `X_kv W_V`, `(n_k, kv_heads·d_head)`.
    pub v: Array2<f64>,
    /// The attention of each query head.
    pub heads: Vec<Trace>,
    /// The outputs of the heads side by side, `(n_q, heads·d_head)`.
    pub concat: Array2<f64>,
    /// `concat · W_O`, `(n_q, d_model)`.
    pub output: Array2<f64>,
}

impl MultiHead {
    /// A layer with these weights. `d_head` is the width of `w_q` divided by `heads`.
    ///
    /// # Errors
    /// [`AttentionError`] if a dimension is 0, the heads do not divide, or two weights disagree.
    pub fn from_weights(
        heads: usize,
        kv_heads: usize,
        w_q: Array2<f64>,
        w_k: Array2<f64>,
        w_v: Array2<f64>,
        w_o: Array2<f64>,
    ) -> Result<MultiHead, AttentionError> {
        let (d_model, width) = w_q.dim();
        let d_head = split(d_model, width, heads, kv_heads)?;
        same(Dimension::DModel, (Operand::WQ, d_model), (Operand::WK, w_k.nrows()))?;
        same(Dimension::DModel, (Operand::WQ, d_model), (Operand::WV, w_v.nrows()))?;
        same(Dimension::DModel, (Operand::WQ, d_model), (Operand::WO, w_o.ncols()))?;
        same(Dimension::KvWidth, (Operand::Layer, kv_heads * d_head), (Operand::WK, w_k.ncols()))?;
        same(Dimension::KvWidth, (Operand::Layer, kv_heads * d_head), (Operand::WV, w_v.ncols()))?;
        same(Dimension::HeadsWidth, (Operand::WQ, width), (Operand::WO, w_o.nrows()))?;
        Ok(MultiHead { heads, kv_heads, d_head, w_q, w_k, w_v, w_o })
    }

    /// A layer with independent entries `N(0, 1/d_model)`: inputs of unit variance give queries, keys
    /// and values of unit variance. `d_head = d_model / heads`.
    ///
    /// # Errors
    /// [`AttentionError`] if a number is 0 or the heads do not divide.
    pub fn random(
        d_model: usize,
        heads: usize,
        kv_heads: usize,
        rng: &mut impl Rng,
    ) -> Result<MultiHead, AttentionError> {
        let d_head = split(d_model, d_model, heads, kv_heads)?;
        let std = 1.0 / (d_model as f64).sqrt();
        // (d_model, d_model)
        let w_q = normal((d_model, d_model), std, rng);
        // (d_model, kv_heads·d_head), twice
        let w_k = normal((d_model, kv_heads * d_head), std, rng);
        let w_v = normal((d_model, kv_heads * d_head), std, rng);
        // (d_model, d_model)
        let w_o = normal((d_model, d_model), std, rng);
        MultiHead::from_weights(heads, kv_heads, w_q, w_k, w_v, w_o)
    }

    /// Self-attention: queries, keys and values from the same tokens.
    ///
    /// # Shapes
    /// `x (n, d_model)` → `(n, d_model)`
    ///
    /// # Errors
    /// [`AttentionError`] if `x` or the mask does not fit.
    pub fn forward(&self, x: ArrayView2<f64>, mask: &Mask) -> Result<Array2<f64>, AttentionError> {
        self.cross(x, x, mask)
    }

    /// Cross-attention: queries from one sequence, keys and values from another.
    ///
    /// # Shapes
    /// `x_q (n_q, d_model)`, `x_kv (n_k, d_model)` → `(n_q, d_model)`
    ///
    /// # Errors
    /// As [`MultiHead::forward`].
    pub fn cross(
        &self,
        x_q: ArrayView2<f64>,
        x_kv: ArrayView2<f64>,
        mask: &Mask,
    ) -> Result<Array2<f64>, AttentionError> {
        Ok(self.trace(x_q, x_kv, mask)?.output)
    }

    /// [`MultiHead::cross`] with all its intermediate results.
    ///
    /// # Errors
    /// As [`MultiHead::forward`].
    pub fn trace(
        &self,
        x_q: ArrayView2<f64>,
        x_kv: ArrayView2<f64>,
        mask: &Mask,
    ) -> Result<MultiHeadTrace, AttentionError> {
        self.trace_with(x_q, x_kv, mask, &NoPositions)
    }

    /// What head `h` alone adds to the output: its own output through its own rows of `W_O`.
    ///
    /// Concatenating and multiplying by `W_O` is the same as adding these up, so every head writes to
    /// the whole width of the model.
    ///
    /// # Formula
    /// `headₕ · W_O[h·d_head .. (h+1)·d_head]`, and `output = Σₕ` of it
    ///
    /// # Shapes
    /// → `(n_q, d_model)`
    ///
    /// # Panics
    /// If the trace has no head `h` or is of another layer.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::{Mask, MultiHead};
    /// use concepts::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};
    /// use ndarray::Array2;
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(16, 4, 4, &mut rng)?;
    /// let x = normal((5, 16), 1.0, &mut rng);
    /// let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    /// let sum = (0..4).fold(Array2::zeros((5, 16)), |sum, h| sum + layer.head_output(&trace, h));
    /// assert!(max_difference(&sum, &trace.output) < EXACT_F64);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn head_output(&self, trace: &MultiHeadTrace, h: usize) -> Array2<f64> {
        // (n_q, d_head) · (d_head, d_model) → (n_q, d_model)
        trace.heads[h].output.dot(&self.w_o.slice_axis(Axis(0), self.range(h)))
    }

    /// Columns (or rows) of head `h`.
    pub(super) fn range(&self, h: usize) -> Slice {
        Slice::from(h * self.d_head..(h + 1) * self.d_head)
    }

    /// The columns of head `h`, `(n, d_head)`.
    pub(super) fn part<'a>(&self, x: &'a Array2<f64>, h: usize) -> ArrayView2<'a, f64> {
        x.slice_axis(Axis(1), self.range(h))
    }
}

/// The width of one head, if everything divides.
fn split(d_model: usize, width: usize, heads: usize, kv_heads: usize) -> Result<usize, AttentionError> {
    for (what, size) in [
        (Dimension::DModel, d_model),
        (Dimension::QueryWidth, width),
        (Dimension::Heads, heads),
        (Dimension::KvHeads, kv_heads),
    ] {
        if size == 0 {
            return Err(AttentionError::Empty { what });
        }
    }
    if !width.is_multiple_of(heads) {
        return Err(AttentionError::HeadsDoNotDivide { d_model: width, heads });
    }
    if !heads.is_multiple_of(kv_heads) {
        return Err(AttentionError::KvHeadsDoNotDivide { heads, kv_heads });
    }
    Ok(width / heads)
}
