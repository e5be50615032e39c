//! Keys and values of every head are built, then attention as usual.

use ndarray::{Array2, ArrayView2, Axis};

use super::{LatentAttention, Projected, beside, columns, part};
use crate::attention::readable::trace_divided;
use crate::attention::{AttentionError, Mask, Positions, Trace};

/// Every intermediate result of [`LatentAttention::trace`].
#[derive(Debug, Clone, PartialEq)]
pub struct LatentTrace {
    /// The latent vector of each token, `(n, kv_lora)`, normalised if the layer does that.
    pub latent: Array2<f64>,
    /// The key that all heads share, turned to its position, `(n, d_rope)`.
    pub k_rope: Array2<f64>,
    /// The queries of all heads without the turned part, `(n, heads·d_nope)`.
    pub q_nope: Array2<f64>,
    /// The turned part of the queries, `(n, heads·d_rope)`.
    pub q_rope: Array2<f64>,
    /// The attention of each head.
    pub heads: Vec<Trace>,
    /// The outputs of the heads side by side, `(n, heads·d_v)`.
    pub concat: Array2<f64>,
    /// `concat · W_O`, `(n, d_model)`.
    pub output: Array2<f64>,
}

impl LatentAttention {
    /// Self-attention with the keys and values of every head written out, as in training.
    ///
    /// `positions` turn the rotated features; a bias is added to the scores of each head.
    ///
    /// # Formula
    /// `headₕ = softmax([q_C ; q_R] [c W_UK^(h) ; k_R]ᵀ / √(d_nope + d_rope)) c W_UV^(h)`
    ///
    /// # Shapes
    /// `x (n, d_model)` → `(n, d_model)`
    ///
    /// # Errors
    /// [`AttentionError`] if `x`, the mask or the positions do not fit.
    ///
    /// # Reference
    /// DeepSeek-AI 2024, *DeepSeek-V2*, equations 9 to 19.
    pub fn forward(
        &self,
        x: ArrayView2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<Array2<f64>, AttentionError> {
        Ok(self.trace(x, mask, positions)?.output)
    }

    /// [`LatentAttention::forward`] with all its intermediate results.
    ///
    /// # Errors
    /// As [`LatentAttention::forward`].
    pub fn trace(
        &self,
        x: ArrayView2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<LatentTrace, AttentionError> {
        self.check(x.ncols(), positions)?;
        let (n, s, w) = (x.nrows(), &self.sizes, &self.weights);
        let Projected { q_nope, q_rope, latent, k_rope } = self.project(x, positions, 0);
        // (n, kv_lora) · (kv_lora, heads·d_nope) → (n, heads·d_nope); values likewise
        let (k_nope, values) = (latent.dot(&w.w_uk), latent.dot(&w.w_uv));
        let mut heads = Vec::with_capacity(s.heads);
        let mut concat = Array2::zeros((n, s.heads * s.d_v));
        for h in 0..s.heads {
            // (n, d_nope + d_rope), twice; the turned key is the same for all heads
            let q = beside(part(&q_nope, h, s.d_nope), part(&q_rope, h, s.d_rope));
            let k = beside(part(&k_nope, h, s.d_nope), k_rope.view());
            let v = part(&values, h, s.d_v);
            let bias = positions.bias(h, s.heads, n, n);
            let trace = trace_divided(q.view(), k.view(), v, mask, bias.as_ref(), self.divisor())?;
            concat.slice_axis_mut(Axis(1), columns(h, s.d_v)).assign(&trace.output);
            heads.push(trace);
        }
        // (n, heads·d_v) · (heads·d_v, d_model) → (n, d_model)
        let output = concat.dot(&w.w_o);
        Ok(LatentTrace { latent, k_rope, q_nope, q_rope, heads, concat, output })
    }
}
