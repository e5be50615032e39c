//! What a layer has allocated, and what its output projection does.

use concepts::attention::{AttentionError, Mask, MultiHead};
use concepts::numerics::max_difference;

use super::sharing::{HEADS, layer, tokens};

/// Numbers in the weights of a layer, as allocated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allocated {
    /// Queries, keys and values.
    pub projections: f64,
    /// The output projection.
    pub output: f64,
}

impl Allocated {
    /// Of a layer with so many key/value heads.
    pub(crate) fn of(kv_heads: usize, seed: u64) -> Result<Allocated, AttentionError> {
        let layer = layer(kv_heads, seed)?;
        let projections = layer.w_q().len() + layer.w_k().len() + layer.w_v().len();
        Ok(Allocated { projections: projections as f64, output: layer.w_o().len() as f64 })
    }

    /// The whole layer.
    pub(crate) fn whole(self) -> f64 {
        self.projections + self.output
    }
}

/// The layer's output is linear in W_O: `max |y(2 W_O) − 2 y(W_O)|`, exact since doubling is.
pub(crate) fn output_projection_error(seed: u64) -> Result<f64, AttentionError> {
    let (x, layer) = (tokens(seed), layer(HEADS, seed)?);
    let (w_q, w_k, w_v) = (layer.w_q().clone(), layer.w_k().clone(), layer.w_v().clone());
    let doubled = MultiHead::from_weights(HEADS, HEADS, w_q, w_k, w_v, layer.w_o() * 2.0)?;
    let before = layer.forward(x.view(), &Mask::Causal)?;
    Ok(max_difference(&doubled.forward(x.view(), &Mask::Causal)?, &(before * 2.0)))
}

/// Attention parameters of BERT base: what its exact total leaves without embeddings (tokens, positions,
/// two types), feed-forward layers, norms and pooler.
pub(crate) fn bert_attention() -> f64 {
    const TOTAL: u64 = 109_482_240;
    let d = 768;
    let embeddings = (30_522 + 512 + 2) * d;
    let feed_forward = 12 * (8 * d * d + 5 * d);
    let norms = (2 * 12 + 1) * 2 * d;
    (TOTAL - embeddings - feed_forward - norms - (d * d + d)) as f64
}
