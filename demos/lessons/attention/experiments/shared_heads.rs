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
    /// How far any query head is from reading the first key head and value head.
    pub elsewhere: f64,
    /// The largest |K − V|.
    pub keys_from_values: f64,
}

/// How this layer shares its keys and values over the tokens `x`.
pub(crate) fn sharing(layer: &MultiHead, x: &Array2<f64>) -> Result<Sharing, AttentionError> {
    let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    Ok(Sharing {
        cached: elements(layer, layer.new_cache(), x)?,
        projections: (layer.w_k().len() + layer.w_v().len()) as f64,
        elsewhere: off_the_first_key_head(&trace),
        keys_from_values: max_difference(&trace.k, &trace.v),
    })
}

/// Elements that the backward pass needs: Q, K, V, the weights of every head, their outputs.
pub(crate) fn training_elements(layer: &MultiHead, x: &Array2<f64>) -> Result<f64, AttentionError> {
    let t = layer.trace(x.view(), x.view(), &Mask::None)?;
    let weights: usize = t.heads.iter().map(|head| head.weights.len()).sum();
    Ok((t.q.len() + t.k.len() + t.v.len() + weights + t.concat.len()) as f64)
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
