//! The KV cache in bytes.

use super::{BudgetError, Kind, ModelConfig};
use crate::budget::words::Quantity;

/// How a cached number is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dtype {
    /// 32 bits.
    F32,
    /// 16 bits, with the exponent of `f32`.
    Bf16,
    /// 16 bits, IEEE.
    F16,
    /// 8 bits.
    Fp8,
    /// 8 bits, and for each group of numbers a scale and a zero of 16 bits each.
    Int8 {
        /// Numbers that share a scale.
        group: u64,
    },
    /// llama.cpp's `q8_0`: blocks of 32 numbers, 8 bits each and a scale of 16.
    Q8_0,
    /// llama.cpp's `q4_0`: blocks of 32 numbers, 4 bits each and a scale of 16.
    Q4_0,
    /// 4 bits, and for each group of numbers a scale and a zero of 16 bits each.
    Int4 {
        /// Numbers that share a scale.
        group: u64,
    },
}

impl Dtype {
    /// Bytes of so many numbers, rounded up.
    ///
    /// # Errors
    /// [`BudgetError::Overflow`].
    ///
    /// # Examples
    /// ```
    /// use concepts::budget::Dtype;
    /// assert_eq!(Dtype::Bf16.bytes(10)?, 20);
    /// assert_eq!(Dtype::Int4 { group: 64 }.bytes(64)?, 32 + 4);
    /// assert_eq!(Dtype::Int8 { group: 64 }.bytes(64)?, 64 + 4);
    /// assert_eq!((Dtype::Q8_0.bytes(32)?, Dtype::Q4_0.bytes(32)?), (34, 18));
    /// # Ok::<(), concepts::budget::BudgetError>(())
    /// ```
    pub fn bytes(self, numbers: u64) -> Result<u64, BudgetError> {
        let n = u128::from(numbers);
        let bytes = match self {
            Dtype::F32 => 4 * n,
            Dtype::Bf16 | Dtype::F16 => 2 * n,
            Dtype::Fp8 => n,
            Dtype::Int8 { group } => n + 4 * n.div_ceil(u128::from(group.max(1))),
            Dtype::Int4 { group } => n.div_ceil(2) + 4 * n.div_ceil(u128::from(group.max(1))),
            Dtype::Q8_0 => 34 * n.div_ceil(BLOCK),
            Dtype::Q4_0 => 18 * n.div_ceil(BLOCK),
        };
        u64::try_from(bytes).map_err(|_| OVERFLOW)
    }
}

/// Numbers in a block of llama.cpp's formats.
const BLOCK: u128 = 32;

const OVERFLOW: BudgetError = BudgetError::Overflow { what: Quantity::Cache };

/// Numbers that one layer caches for one token.
///
/// # Formula
/// `2·G·d_h`; with latent attention `kv_rank + rope`, and no factor 2: keys and values come from the same
/// vector; an indexer keeps its key besides. At most `u64::MAX`, which no product that follows survives
fn per_layer(config: &ModelConfig) -> u64 {
    match (config.kind, config.latent) {
        // An encoder reads its input once and keeps nothing.
        (Kind::Encoder, _) => 0,
        (_, Some(latent)) => latent.kv_rank.saturating_add(latent.rope).saturating_add(index_key(config)),
        (_, None) => config.kv_heads.saturating_mul(config.head_dim).saturating_mul(2),
    }
}

/// Numbers of the indexer's key.
fn index_key(config: &ModelConfig) -> u64 {
    config.indexer.map_or(0, |indexer| indexer.width)
}

/// Numbers cached for one token in all layers, without any window, of the text that is written. Layers that
/// keep a state keep nothing for a token.
///
/// # Examples
/// ```
/// use concepts::budget::{cache_elements_per_token, find};
/// assert_eq!(cache_elements_per_token(&find("llama-2-70b")?.config), 2 * 80 * 8 * 128);
/// assert_eq!(cache_elements_per_token(&find("deepseek-v2")?.config), 60 * 576);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn cache_elements_per_token(config: &ModelConfig) -> u64 {
    config.attention_layers().saturating_mul(per_layer(config))
}

/// Bytes that the cache takes for `batch` sequences of `context` tokens. Layers with a window keep at most
/// its size, layers with a state the state. With cross-attention a source as long as the text is counted;
/// [`cache_bytes_with_source`] takes another.
///
/// # Formula
/// `batch · Σ over layers of min(context, window) · 2·G·d_h · bytes`
///
/// # Errors
/// [`BudgetError::Overflow`].
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, cache_bytes, find};
/// let llama = &find("llama-2-70b")?.config;
/// assert_eq!(cache_bytes(llama, Dtype::Bf16, 4096, 1)?, 1_342_177_280); // 1.25 GiB, 1.34 GB
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn cache_bytes(config: &ModelConfig, dtype: Dtype, context: u64, batch: u64) -> Result<u64, BudgetError> {
    cache_bytes_with_source(config, dtype, context, context, batch)
}

/// As [`cache_bytes`], with a source of `source` tokens where there is cross-attention: its keys and values
/// are computed once and kept for as long as the text is written.
///
/// # Formula
/// `batch · bytes · (own text + L·2·G·d_h·source)`
///
/// # Errors
/// As [`cache_bytes`].
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, cache_bytes_with_source, find};
/// let t5 = &find("t5-base")?.config;
/// let bytes = |source| cache_bytes_with_source(t5, Dtype::Bf16, 100, source, 1);
/// assert_eq!(bytes(300)?, 4 * bytes(0)?);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn cache_bytes_with_source(
    config: &ModelConfig,
    dtype: Dtype,
    context: u64,
    source: u64,
    batch: u64,
) -> Result<u64, BudgetError> {
    let own = own_numbers(config, context, context);
    let seen = if config.cross_attention { source } else { 0 };
    let cross = product(&[config.layers, per_layer(config), seen]);
    let all = own.zip(cross).and_then(|(own, cross)| own.checked_add(cross)?.checked_mul(batch));
    dtype.bytes(all.ok_or(OVERFLOW)?)
}

/// Bytes of cache that are read to write one token: all, but of latents only those that an indexer picks.
pub(super) fn bytes_read(
    config: &ModelConfig,
    dtype: Dtype,
    context: u64,
    batch: u64,
) -> Result<u64, BudgetError> {
    let Some(indexer) = config.indexer else { return cache_bytes(config, dtype, context, batch) };
    let all = own_numbers(config, indexer.top.min(context), context).and_then(|one| one.checked_mul(batch));
    dtype.bytes(all.ok_or(OVERFLOW)?)
}

/// Numbers kept of one sequence's own text: keys and values of `context` tokens, keys of an indexer of
/// `indexed`, states.
fn own_numbers(config: &ModelConfig, context: u64, indexed: u64) -> Option<u64> {
    let (full, windowed) = config.full_and_windowed_layers();
    let kept = config.window.map_or(context, |window| window.size.min(context));
    let indexer = index_key(config);
    let in_layer = per_layer(config).checked_sub(indexer)?;
    let parts = [
        product(&[full, context, in_layer])?,
        product(&[windowed, kept, in_layer])?,
        product(&[config.attention_layers(), indexed, indexer])?,
        config.recurrent.map_or(Some(0), |state| product(&[state.layers, state.state()]))?,
    ];
    parts.into_iter().try_fold(0_u64, u64::checked_add)
}

fn product(factors: &[u64]) -> Option<u64> {
    factors.iter().try_fold(1_u64, |product, &factor| product.checked_mul(factor))
}

/// The largest batch whose cache fits into `free` bytes at this context; 0 if not even one sequence fits.
///
/// # Errors
/// As [`cache_bytes`].
pub fn largest_batch(
    config: &ModelConfig,
    dtype: Dtype,
    context: u64,
    free: u64,
) -> Result<u64, BudgetError> {
    let one = cache_bytes(config, dtype, context, 1)?;
    Ok(free.checked_div(one).unwrap_or(u64::MAX))
}

/// The longest context whose cache fits into `free` bytes at this batch, up to the model's own limit.
///
/// # Errors
/// As [`cache_bytes`].
pub fn largest_context(
    config: &ModelConfig,
    dtype: Dtype,
    batch: u64,
    free: u64,
) -> Result<u64, BudgetError> {
    let (mut fits, mut too_long) = (0, config.context.saturating_add(1));
    while too_long - fits > 1 {
        let middle = fits + (too_long - fits) / 2;
        if cache_bytes(config, dtype, middle, batch)? <= free { fits = middle } else { too_long = middle }
    }
    Ok(fits)
}
