//! Attention directly over the latent vectors: no key and no value is ever built.

use ndarray::{Array2, ArrayView2, Axis};

use super::{LatentAttention, Projected, beside, columns, part};
use crate::attention::readable::trace_divided;
use crate::attention::{AttentionError, Mask, Positions};

impl LatentAttention {
    /// The same as [`LatentAttention::forward`], with `W_UK` folded into the queries and `W_UV` into the
    /// output: attention over the latent vectors themselves.
    ///
    /// Every head then reads the *same* keys `[c ; k_R]` and the same values `c`. In this form the layer is
    /// multi-query attention with one key head of width `kv_lora + d_rope`: a token being generated reads
    /// as little memory as that, at the price of longer dot products. The scores are still divided by
    /// `√(d_nope + d_rope)`: they are the same scores.
    ///
    /// # Formula
    /// `headₕ = softmax([q_C W_UK^(h)ᵀ ; q_R] [c ; k_R]ᵀ / √(d_nope + d_rope)) c`,
    /// `output = Σₕ headₕ W_UV^(h) W_O^(h)`
    ///
    /// # Shapes
    /// `x (n, d_model)` → `(n, d_model)`
    ///
    /// # Errors
    /// As [`LatentAttention::forward`].
    ///
    /// # Reference
    /// DeepSeek-AI 2024, *DeepSeek-V2*, section 2.1.2 and appendix C.
    pub fn forward_absorbed(
        &self,
        x: ArrayView2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<Array2<f64>, AttentionError> {
        self.check(x.ncols(), positions)?;
        let Projected { q_nope, q_rope, latent, k_rope } = self.project(x, positions, 0);
        self.attend_latent((&q_nope, &q_rope), (&latent, &k_rope), mask, positions)
    }

    /// Queries against latent vectors.
    ///
    /// # Shapes
    /// `q_nope (n_q, heads·d_nope)`, `q_rope (n_q, heads·d_rope)`, `latent (n_k, kv_lora)`,
    /// `k_rope (n_k, d_rope)` → `(n_q, d_model)`
    pub(super) fn attend_latent(
        &self,
        (q_nope, q_rope): (&Array2<f64>, &Array2<f64>),
        (latent, k_rope): (&Array2<f64>, &Array2<f64>),
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<Array2<f64>, AttentionError> {
        let (s, w) = (&self.sizes, &self.weights);
        let (n_q, n_k) = (q_nope.nrows(), latent.nrows());
        // (n_k, kv_lora + d_rope): the keys of all heads
        let keys = beside(latent.view(), k_rope.view());
        let mut concat = Array2::zeros((n_q, s.heads * s.d_v));
        for h in 0..s.heads {
            // (n_q, d_nope) · (d_nope, kv_lora) → (n_q, kv_lora): the query, seen from the latent space
            let absorbed = part(q_nope, h, s.d_nope).dot(&part(&w.w_uk, h, s.d_nope).t());
            let q = beside(absorbed.view(), part(q_rope, h, s.d_rope));
            let bias = positions.bias(h, s.heads, n_q, n_k);
            let divisor = self.divisor();
            let head = trace_divided(q.view(), keys.view(), latent.view(), mask, bias.as_ref(), divisor)?;
            // (n_q, kv_lora) · (kv_lora, d_v) → (n_q, d_v): one mean, not one value a token
            let value = head.output.dot(&part(&w.w_uv, h, s.d_v));
            concat.slice_axis_mut(Axis(1), columns(h, s.d_v)).assign(&value);
        }
        Ok(concat.dot(&w.w_o))
    }
}
