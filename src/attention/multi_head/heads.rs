//! From queries, keys and values to the heads, with or without positions.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2, Axis};

use super::{MultiHead, MultiHeadTrace};
use crate::attention::mask::same;
use crate::attention::{AttentionError, Mask, Positions, Trace, attention_trace_with};

impl MultiHead {
    /// [`MultiHead::trace`] with positions.
    ///
    /// The last query token is lined up with the last key token: with `n` the longer of the two lengths,
    /// queries stand at the positions `n − n_q ..` and keys at `n − n_k ..`.
    ///
    /// # Formula
    /// `headₕ = softmax(rotate(Q⁽ʰ⁾) rotate(K⁽ᵍ⁾)ᵀ / √d_head + bias(h)) V⁽ᵍ⁾`
    ///
    /// # Errors
    /// As [`MultiHead::forward`], or if the positions do not fit the layer.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::{Mask, MultiHead, Positions};
    /// use concepts::numerics::{normal, rng};
    /// use concepts::position::Alibi;
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
    /// let x = normal((5, 16), 1.0, &mut rng);
    /// let alibi = Alibi::new(4).expect("there are heads");
    /// let trace = layer.trace_with(x.view(), x.view(), &Mask::Causal, &alibi)?;
    /// assert_ne!(trace.output, layer.forward(x.view(), &Mask::Causal)?);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn trace_with(
        &self,
        x_q: ArrayView2<f64>,
        x_kv: ArrayView2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<MultiHeadTrace, AttentionError> {
        same(Dimension::DModel, (Operand::Layer, self.d_model()), (Operand::QueryTokens, x_q.ncols()))?;
        same(Dimension::DModel, (Operand::Layer, self.d_model()), (Operand::KeyTokens, x_kv.ncols()))?;
        positions.check(self.heads, self.d_head)?;
        // (n_q, d_model) · (d_model, heads·d_head) → (n_q, heads·d_head)
        let q = x_q.dot(&self.w_q);
        // (n_k, d_model) · (d_model, kv_heads·d_head) → (n_k, kv_heads·d_head), twice
        let k = x_kv.dot(&self.w_k);
        let v = x_kv.dot(&self.w_v);
        let n = x_q.nrows().max(x_kv.nrows());
        let turned_q = self.rotate(&q, positions, n - x_q.nrows());
        let turned_k = self.rotate(&k, positions, n - x_kv.nrows());
        let (heads, concat) = self.attend(&turned_q, &turned_k, &v, mask, positions)?;
        // (n_q, heads·d_head) · (heads·d_head, d_model) → (n_q, d_model)
        let output = concat.dot(&self.w_o);
        Ok(MultiHeadTrace { q, k, v, heads, concat, output })
    }

    /// Each head of `x (n, …·d_head)` turned to its positions, from `first` on.
    pub(in crate::attention) fn rotate(
        &self,
        x: &Array2<f64>,
        positions: &dyn Positions,
        first: usize,
    ) -> Array2<f64> {
        // (n, …·d_head)
        let mut turned = x.clone();
        for h in 0..x.ncols() / self.d_head {
            let head = positions.rotate(self.part(x, h).to_owned(), first);
            turned.slice_axis_mut(Axis(1), self.range(h)).assign(&head);
        }
        turned
    }

    /// The heads one by one, and their outputs side by side.
    pub(in crate::attention) fn attend(
        &self,
        q: &Array2<f64>,
        k: &Array2<f64>,
        v: &Array2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<(Vec<Trace>, Array2<f64>), AttentionError> {
        let mut heads = Vec::with_capacity(self.heads);
        // (n_q, heads·d_head)
        let mut concat = Array2::zeros((q.nrows(), self.heads * self.d_head));
        for h in 0..self.heads {
            let g = self.key_head(h);
            let bias = positions.bias(h, self.heads, q.nrows(), k.nrows());
            let (q, k, v) = (self.part(q, h), self.part(k, g), self.part(v, g));
            let trace = attention_trace_with(q, k, v, mask, bias.as_ref())?;
            concat.slice_axis_mut(Axis(1), self.range(h)).assign(&trace.output);
            heads.push(trace);
        }
        Ok((heads, concat))
    }
}
