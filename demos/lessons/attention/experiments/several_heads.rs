//! What the structure of several heads gives, whatever the weights.

use concepts::attention::{AttentionError, Mask, MultiHead, attention};
use concepts::numerics::{max_difference, normal, rank};
use ndarray::{Array2, Axis, Slice, concatenate};
use rand::Rng;

/// Tokens, width and heads of the layers compared.
pub(crate) const N: usize = 20;
pub(crate) const D: usize = 32;
pub(crate) const HEADS: usize = 4;

/// What a layer's structure comes to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Structure {
    /// The layer against the sum of its heads, each computed alone.
    pub sum_error: f64,
    /// Its parameters, over those of one head of full width.
    pub parameters: f64,
    /// The rank of its first head's `Q Kᵀ`.
    pub rank: f64,
}

/// Measures a layer whose heads are given the slices of `W_O` that `order` says.
pub(crate) fn structure(
    layer: &MultiHead,
    x: &Array2<f64>,
    order: &[usize],
) -> Result<Structure, AttentionError> {
    const NEGLIGIBLE: f64 = 1e-9;
    let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    Ok(Structure {
        sum_error: sum_error(layer, x, order)?,
        parameters: layer.parameters() as f64 / (4 * D * D) as f64,
        rank: rank(&trace.heads[0].dots, NEGLIGIBLE) as f64,
    })
}

/// The output of the layer against the sum of its heads, each computed alone from its columns.
fn sum_error(layer: &MultiHead, x: &Array2<f64>, order: &[usize]) -> Result<f64, AttentionError> {
    let d = layer.d_head();
    let slice = |h: usize| Slice::from(h * d..(h + 1) * d);
    let head = |h: usize| {
        // (N, d_model) · (d_model, d_head) → (N, d_head)
        let part = |w: &Array2<f64>| x.dot(&w.slice_axis(Axis(1), slice(h)));
        let (q, k, v) = (part(layer.w_q()), part(layer.w_k()), part(layer.w_v()));
        attention(q.view(), k.view(), v.view(), &Mask::None)
    };
    let mut sum = Array2::zeros(x.dim());
    for (h, &place) in order.iter().enumerate() {
        sum += &head(h)?.dot(&layer.w_o().slice_axis(Axis(0), slice(place)));
    }
    Ok(max_difference(&sum, &layer.forward(x.view(), &Mask::None)?))
}

/// Two heads with the same weights: how differently do they attend?
pub(crate) fn twins(w: &[Array2<f64>; 4], x: &Array2<f64>) -> Result<f64, AttentionError> {
    let half = D / 2;
    let twice = |w: &Array2<f64>| {
        let slice = w.slice_axis(Axis(1), Slice::from(..half));
        concatenate![Axis(1), slice, slice]
    };
    let [q, k, v, o] = w;
    let layer = MultiHead::from_weights(2, 2, twice(q), twice(k), twice(v), o.clone())?;
    let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    Ok(max_difference(&trace.heads[0].weights, &trace.heads[1].weights))
}

/// Four heads that do not share the width of the model: each has all of it.
pub(crate) fn full_width(rng: &mut impl Rng) -> Result<MultiHead, AttentionError> {
    let mut draw = |shape| normal(shape, 1.0 / (D as f64).sqrt(), rng);
    let wide = (D, HEADS * D);
    MultiHead::from_weights(HEADS, HEADS, draw(wide), draw(wide), draw(wide), draw((HEADS * D, D)))
}
