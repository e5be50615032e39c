//! Who shares keys and values with whom, found out by changing a weight and looking at what moves.

use concepts::attention::counted::counted_core;
use concepts::attention::{AttentionError, Mask, MultiHead, MultiHeadTrace};
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use ndarray::{Array2, Axis, concatenate};

/// Query heads and width of the layers.
pub(crate) const HEADS: usize = 8;
pub(crate) const D: usize = 32;
/// Tokens.
pub(crate) const N: usize = 12;
const D_HEAD: usize = D / HEADS;

/// A layer drawn at random.
pub(crate) fn layer(kv_heads: usize, seed: u64) -> Result<MultiHead, AttentionError> {
    MultiHead::random(D, HEADS, kv_heads, &mut rng(seed, "a layer with shared heads"))
}

/// Tokens drawn at random, `(N, D)`.
pub(crate) fn tokens(seed: u64) -> Array2<f64> {
    normal((N, D), 1.0, &mut rng(seed, "tokens for shared heads"))
}

/// How query heads are assigned to key/value heads when a grouped layer is written out in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copies {
    /// `g0 g0 … g1 g1 …`
    Repeated,
    /// `g0 g1 … g0 g1 …`
    Tiled,
}

/// The full layer, one key/value head a query head, that copies those of a grouped one.
pub(crate) fn written_out(grouped: &MultiHead, copies: Copies) -> Result<MultiHead, AttentionError> {
    let kv_heads = grouped.kv_heads();
    let of = |h: usize| match copies {
        Copies::Repeated => h / (HEADS / kv_heads),
        Copies::Tiled => h % kv_heads,
    };
    let copied = |w: &Array2<f64>| {
        let columns: Vec<usize> =
            (0..HEADS).flat_map(|h| (0..D_HEAD).map(move |j| of(h) * D_HEAD + j)).collect();
        w.select(Axis(1), &columns)
    };
    let (w_k, w_v) = (copied(grouped.w_k()), copied(grouped.w_v()));
    MultiHead::from_weights(HEADS, HEADS, grouped.w_q().clone(), w_k, w_v, grouped.w_o().clone())
}

/// `max |grouped − written out|`, over the whole sequence at once and token by token from a cache.
pub(crate) fn copy_error(kv_heads: usize, copies: Copies, seed: u64) -> Result<f64, AttentionError> {
    let (x, grouped) = (tokens(seed), layer(kv_heads, seed)?);
    let full = written_out(&grouped, copies)?;
    let at_once =
        max_difference(&grouped.forward(x.view(), &Mask::Causal)?, &full.forward(x.view(), &Mask::Causal)?);
    Ok(at_once.max(max_difference(&steps(&grouped, &x)?, &steps(&full, &x)?)))
}

/// The outputs token by token, with a cache.
fn steps(layer: &MultiHead, x: &Array2<f64>) -> Result<Array2<f64>, AttentionError> {
    let mut cache = layer.new_cache();
    let mut out = Array2::zeros(x.dim());
    for (token, mut row) in x.rows().into_iter().zip(out.rows_mut()) {
        row.assign(&layer.step(token, &mut cache)?);
    }
    Ok(out)
}

/// Which weight is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Query,
    Key,
    Value,
}

/// How far each query head's own output moves when the slice `head` of a weight is changed.
fn moved_heads(
    layer: &MultiHead,
    weight: Weight,
    head: usize,
    seed: u64,
) -> Result<Vec<f64>, AttentionError> {
    let x = tokens(seed);
    let outputs = |layer: &MultiHead| -> Result<MultiHeadTrace, AttentionError> {
        layer.trace(x.view(), x.view(), &Mask::None)
    };
    let (before, after) = (outputs(layer)?, outputs(&changed(layer, weight, head)?)?);
    Ok(before.heads.iter().zip(&after.heads).map(|(a, b)| max_difference(&a.output, &b.output)).collect())
}

/// Which query head's output moves with which slice of a weight: `(HEADS, slices)`.
pub(crate) fn readers(kv_heads: usize, weight: Weight, seed: u64) -> Result<Array2<bool>, AttentionError> {
    let slices = if weight == Weight::Query { HEADS } else { kv_heads };
    let layer = layer(kv_heads, seed)?;
    let moved: Vec<_> =
        (0..slices).map(|g| moved_heads(&layer, weight, g, seed)).collect::<Result<_, _>>()?;
    Ok(Array2::from_shape_fn((HEADS, slices), |(h, g)| moved[g][h] > 0.0))
}

/// One token decoded by hand from what a layer caches: floating-point operations of its core, and how far
/// the heads are from those of the layer.
pub(crate) fn counted_step(kv_heads: usize, seed: u64) -> Result<(f64, f64), AttentionError> {
    let (layer, x) = (layer(kv_heads, seed)?, tokens(seed));
    let last = x.select(Axis(0), &[N - 1]);
    let trace = layer.trace(last.view(), x.view(), &Mask::Causal)?;
    let part = |y: &Array2<f64>, head: usize| {
        Tracked::input(y.select(Axis(1), &(head * D_HEAD..(head + 1) * D_HEAD).collect::<Vec<_>>()))
    };
    let (mut tally, mut off) = (Tally::default(), 0.0_f64);
    for (h, head) in trace.heads.iter().enumerate() {
        let g = h / (HEADS / kv_heads);
        let (q, k, v) = (part(&trace.q, h), part(&trace.k, g), part(&trace.v, g));
        let output = counted_core(&mut tally, &q, &k, &v);
        off = off.max(max_difference(output.value(), &head.output));
    }
    // A multiplication and an addition each.
    Ok((2.0 * tally.multiply_adds() as f64, off))
}

/// The same layer with one head's slice of one weight doubled.
fn changed(layer: &MultiHead, weight: Weight, head: usize) -> Result<MultiHead, AttentionError> {
    let double = |w: &Array2<f64>| {
        let part = |from: usize, to: usize| w.select(Axis(1), &(from..to).collect::<Vec<_>>());
        let (start, end) = (head * D_HEAD, (head + 1) * D_HEAD);
        concatenate![Axis(1), part(0, start), part(start, end) * 2.0, part(end, w.ncols())]
    };
    let pick = |this: Weight, w: &Array2<f64>| if this == weight { double(w) } else { w.clone() };
    MultiHead::from_weights(
        HEADS,
        layer.kv_heads(),
        pick(Weight::Query, layer.w_q()),
        pick(Weight::Key, layer.w_k()),
        pick(Weight::Value, layer.w_v()),
        layer.w_o().clone(),
    )
}
