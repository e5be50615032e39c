//! A model with other numbers of key/value heads.

use concepts::budget::ModelConfig;

/// With more heads than this only the usual layouts are shown.
const MOST_HEADS: u64 = 256;

/// The model with another number of key/value heads. Heads of latent attention have keys wider than their
/// values: the mean width gives the same cache.
pub(crate) fn with_heads(model: &ModelConfig, kv_heads: u64) -> ModelConfig {
    let head_dim =
        model.latent.map_or(model.head_dim, |latent| (latent.nope + latent.rope + latent.value) / 2);
    ModelConfig { kv_heads, head_dim, latent: None, indexer: None, ..model.clone() }
}

/// MHA, the model's own layout or GQA with 8 heads, and MQA.
pub(crate) fn layouts(model: &ModelConfig) -> Vec<(String, ModelConfig)> {
    let mut heads = vec![model.heads, model.kv_heads, 8, 1];
    heads.retain(|g| model.heads.is_multiple_of(*g));
    heads.sort_unstable_by(|a, b| b.cmp(a));
    heads.dedup();
    heads.into_iter().map(|g| (name(g, model.heads), with_heads(model, g))).collect()
}

/// The model as it is if its attention is latent, and with every number of key/value heads that divides its
/// heads.
pub(crate) fn shared(model: &ModelConfig) -> Vec<(String, ModelConfig)> {
    let own = model.latent.map(|_| ("MLA".to_string(), model.clone()));
    if model.heads > MOST_HEADS {
        return own.into_iter().chain(layouts(model)).collect();
    }
    let divisors = (1..=model.heads).rev().filter(|&g| model.heads.is_multiple_of(g));
    own.into_iter().chain(divisors.map(|g| (name(g, model.heads), with_heads(model, g)))).collect()
}

/// What `g` key/value heads for so many query heads are called.
pub(crate) fn name(g: u64, heads: u64) -> String {
    match g {
        1 if heads > 1 => "MQA".into(),
        g if g == heads => "MHA".into(),
        g => format!("GQA-{g}"),
    }
}
