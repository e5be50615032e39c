//! What shared keys and values save, and what they do not.

use concepts::attention::{AttentionError, Mask, MultiHead, MultiHeadTrace, Trace};
use concepts::numerics::max_difference;
use ndarray::{Array2, Axis, Slice};

use super::caches::elements;
use super::core::worse;

/// How a layer shares its keys and values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sharing {
    /// Elements in the cache after all tokens.
    pub cached: f64,
    /// Parameters of W_K and W_V.
    pub projections: f64,
    /// Elements that a training step keeps for the backward pass: Q, K, V and the outputs of the heads, as with
    /// FlashAttention, which computes the scores again.
    pub trained: f64,
    /// The same where the scores of every head are kept as well.
    pub with_scores: f64,
    /// How far any query head is from reading the first key head and value head.
    pub elsewhere: f64,
    /// The largest |K − V|.
    pub keys_from_values: f64,
}

/// How this layer shares its keys and values over the tokens `x`.
pub(crate) fn sharing(layer: &MultiHead, x: &Array2<f64>) -> Result<Sharing, AttentionError> {
    let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    let trained = trace.q.len() + trace.k.len() + trace.v.len() + trace.concat.len();
    let scores: usize = trace.heads.iter().map(|head| head.weights.len()).sum();
    Ok(Sharing {
        trained: trained as f64,
        with_scores: (trained + scores) as f64,
        cached: elements(layer, layer.new_cache(), x)?,
        projections: (layer.w_k().len() + layer.w_v().len()) as f64,
        elsewhere: off_the_first_key_head(&trace),
        keys_from_values: max_difference(&trace.k, &trace.v),
    })
}

/// "Shares K/V" misread: one matrix that is both.
pub(crate) fn one_matrix(layer: &MultiHead) -> Result<MultiHead, AttentionError> {
    let [q, k, o] = [layer.w_q(), layer.w_k(), layer.w_o()].map(Array2::clone);
    MultiHead::from_weights(layer.heads(), layer.kv_heads(), q, k.clone(), k, o)
}

/// How far the dot products and outputs are from what the first key head and value head alone give.
fn off_the_first_key_head(trace: &MultiHeadTrace) -> f64 {
    let d = trace.q.ncols() / trace.heads.len();
    let part = |x: &Array2<f64>, h: usize| x.slice_axis(Axis(1), Slice::from(h * d..(h + 1) * d)).to_owned();
    let (k, v) = (part(&trace.k, 0), part(&trace.v, 0));
    let off = |(h, head): (usize, &Trace)| {
        let dots = max_difference(&part(&trace.q, h).dot(&k.t()), &head.dots);
        worse(dots, max_difference(&head.weights.dot(&v), &head.output))
    };
    trace.heads.iter().enumerate().map(off).fold(0.0, worse)
}
