//! Who shares keys and values with whom, found out by changing a weight and looking at what moves.

use concepts::attention::{AttentionError, Mask, MultiHead, MultiHeadTrace};
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis, concatenate};

/// Query heads and width of the layers.
pub(in super::super) const HEADS: usize = 8;
pub(in super::super) const D: usize = 32;
/// Tokens.
pub(in super::super) const N: usize = 12;
const D_HEAD: usize = D / HEADS;

/// A layer drawn at random.
pub(in super::super) fn layer(kv_heads: usize, seed: u64) -> Result<MultiHead, AttentionError> {
    MultiHead::random(D, HEADS, kv_heads, &mut rng(seed, "a layer with shared heads"))
}

/// Tokens drawn at random, `(N, D)`.
pub(in super::super) fn tokens(seed: u64) -> Array2<f64> {
    normal((N, D), 1.0, &mut rng(seed, "tokens for shared heads"))
}

/// How query heads are assigned to key/value heads when a grouped layer is written out in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Copies {
    /// `g0 g0 … g1 g1 …`
    Repeated,
    /// `g0 g1 … g0 g1 …`
    Tiled,
}

/// The full layer, one key/value head a query head, that copies those of a grouped one.
pub(in super::super) fn written_out(
    grouped: &MultiHead,
    copies: Copies,
) -> Result<MultiHead, AttentionError> {
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

/// `max |grouped − written out|`
pub(in super::super) fn copy_error(kv_heads: usize, copies: Copies, seed: u64) -> f64 {
    let x = tokens(seed);
    let error = layer(kv_heads, seed).and_then(|grouped| {
        let full = written_out(&grouped, copies)?;
        Ok(max_difference(
            &grouped.forward(x.view(), &Mask::Causal)?,
            &full.forward(x.view(), &Mask::Causal)?,
        ))
    });
    error.unwrap_or(f64::NAN)
}

/// Which weight is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Weight {
    Query,
    Key,
    Value,
}

/// How far each query head's own output moves when the slice `head` of a weight is changed.
pub(in super::super) fn moved_heads(layer: &MultiHead, weight: Weight, head: usize, seed: u64) -> Vec<f64> {
    let x = tokens(seed);
    let outputs = |layer: &MultiHead| -> Result<MultiHeadTrace, AttentionError> {
        layer.trace(x.view(), x.view(), &Mask::None)
    };
    let moved = changed(layer, weight, head).and_then(|other| {
        let (before, after) = (outputs(layer)?, outputs(&other)?);
        Ok(before.heads.iter().zip(&after.heads).map(|(a, b)| max_difference(&a.output, &b.output)).collect())
    });
    moved.unwrap_or_else(|_| vec![f64::NAN; HEADS])
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

/// Elements in the cache after all tokens went through.
pub(in super::super) fn cached_elements(layer: &Result<MultiHead, AttentionError>, seed: u64) -> f64 {
    let Ok(layer) = layer else { return f64::NAN };
    let mut cache = layer.new_cache();
    let stepped = tokens(seed).rows().into_iter().all(|token| layer.step(token, &mut cache).is_ok());
    if stepped { cache.elements() as f64 } else { f64::NAN }
}
