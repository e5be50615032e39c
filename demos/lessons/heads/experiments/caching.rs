//! What a layer caches, counted in the cache that it filled.

use concepts::attention::{AttentionError, LatentAttention, LatentSizes, MultiHead, NoPositions};
use concepts::numerics::{normal, rng};
use ndarray::Array2;

use super::sharing::{Copies, HEADS, N, layer, tokens, written_out};

/// Numbers of key/value heads, rising.
pub(crate) const LAYOUTS: [usize; 4] = [1, 2, 4, HEADS];

/// The numbers cached for all tokens by a layer with 1, 2, 4 and all its key/value heads.
pub(crate) type Sizes = [f64; LAYOUTS.len()];

/// Elements in the cache after all tokens went through.
pub(crate) fn cached_elements(layer: &MultiHead, seed: u64) -> Result<f64, AttentionError> {
    filled(layer, &tokens(seed)).map(|elements| elements as f64)
}

fn filled(layer: &MultiHead, x: &Array2<f64>) -> Result<usize, AttentionError> {
    let mut cache = layer.new_cache();
    x.rows().into_iter().try_for_each(|token| layer.step(token, &mut cache).map(drop))?;
    Ok(cache.elements())
}

/// What each layout caches.
pub(crate) fn cached(seed: u64) -> Result<Sizes, AttentionError> {
    each(|kv_heads| cached_elements(&layer(kv_heads, seed)?, seed))
}

/// The same for layers that write their shared heads out in full: the sharing is lost.
pub(crate) fn cached_in_full(seed: u64) -> Result<Sizes, AttentionError> {
    each(|kv_heads| cached_elements(&written_out(&layer(kv_heads, seed)?, Copies::Repeated)?, seed))
}

fn each(size: impl Fn(usize) -> Result<f64, AttentionError>) -> Result<Sizes, AttentionError> {
    let mut sizes = [0.0; LAYOUTS.len()];
    for (to, kv_heads) in sizes.iter_mut().zip(LAYOUTS) {
        *to = size(kv_heads)?;
    }
    Ok(sizes)
}

/// Elements per token and layer that latent attention caches. The widths of the cache are those of
/// DeepSeek-V2, a latent of 512 and a rotary key of 64; the rest is small.
pub(crate) fn latent_per_token(seed: u64) -> Result<f64, AttentionError> {
    let sizes =
        LatentSizes { d_model: 16, heads: 2, d_nope: 8, d_rope: 64, d_v: 8, kv_lora: 512, q_lora: None };
    let mut rng = rng(seed, "a latent layer");
    let layer = LatentAttention::random(sizes, &mut rng)?;
    let (x, mut cache) = (normal((N, 16), 1.0, &mut rng), layer.new_cache());
    x.rows().into_iter().try_for_each(|token| layer.step(token, &mut cache, &NoPositions).map(drop))?;
    Ok(cache.elements() as f64 / N as f64)
}

/// The same of one key/value head of 128, as MQA has it.
pub(crate) fn one_head_per_token(seed: u64) -> Result<f64, AttentionError> {
    let layer = MultiHead::random(2 * 128, 2, 1, &mut rng(seed, "one head of 128"))?;
    let x = normal((N, 2 * 128), 1.0, &mut rng(seed, "wide tokens"));
    Ok(filled(&layer, &x)? as f64 / N as f64)
}
