//! What becomes of a layer's output when its key/value heads are pooled.

use concepts::attention::{AttentionError, Mask, MultiHead};
use ndarray::Array2;

use super::sharing::{Copies, HEADS, layer, tokens, written_out};

/// Outputs of the layer with pooled heads against those of the layer itself, relative.
pub(crate) fn pooled_error(kv_heads: usize, seed: u64) -> Result<f64, AttentionError> {
    change_by_pooling(&layer(HEADS, seed)?, kv_heads, seed)
}

/// The same for a layer whose heads are copies of so many.
pub(crate) fn agreed_error(kv_heads: usize, seed: u64) -> Result<f64, AttentionError> {
    change_by_pooling(&written_out(&layer(kv_heads, seed)?, Copies::Repeated)?, kv_heads, seed)
}

fn change_by_pooling(full: &MultiHead, kv_heads: usize, seed: u64) -> Result<f64, AttentionError> {
    let x = tokens(seed);
    let size = |y: &Array2<f64>| y.iter().map(|x| x * x).sum::<f64>().sqrt();
    let (a, b) =
        (full.forward(x.view(), &Mask::Causal)?, full.pooled(kv_heads)?.forward(x.view(), &Mask::Causal)?);
    Ok(size(&(&b - &a)) / size(&a))
}
