//! What a cache holds, and whether it changes the result.

use concepts::attention::{AttentionError, KvCache, MultiHead};
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};

/// Elements in a cache after all tokens went through it, step by step.
pub(crate) fn elements(
    layer: &MultiHead,
    mut cache: KvCache,
    x: &Array2<f64>,
) -> Result<f64, AttentionError> {
    for token in x.rows() {
        layer.step(token, &mut cache)?;
    }
    Ok(cache.elements() as f64)
}

/// Elements in the cache of one head of width `d` after `n` tokens, where a window may bound it.
pub(crate) fn after(n: usize, d: usize, window: Option<usize>, seed: u64) -> Result<f64, AttentionError> {
    let mut rng = rng(seed, "C16");
    let layer = MultiHead::random(d, 1, 1, &mut rng)?;
    let cache = match window {
        Some(w) => layer.new_cache().with_window(w)?,
        None => layer.new_cache(),
    };
    elements(&layer, cache, &normal((n, d), 1.0, &mut rng))
}

/// The outputs of a layer, token by token with a cache.
pub(crate) fn step_by_step(layer: &MultiHead, x: &Array2<f64>) -> Result<Array2<f64>, AttentionError> {
    let mut cache = layer.new_cache();
    let mut out = Array2::zeros(x.dim());
    for (token, mut row) in x.rows().into_iter().zip(out.axis_iter_mut(Axis(0))) {
        row.assign(&layer.step(token, &mut cache)?);
    }
    Ok(out)
}
