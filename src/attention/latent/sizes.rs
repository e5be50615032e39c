//! How large everything is.

use crate::attention::AttentionError;
use crate::attention::words::Dimension;

/// The sizes of a layer of multi-head latent attention.
///
/// # Examples
/// ```
/// use concepts::attention::LatentSizes;
/// // A layer of DeepSeek-V2.
/// let sizes = LatentSizes {
///     d_model: 5120, heads: 128, d_nope: 128, d_rope: 64, d_v: 128, kv_lora: 512, q_lora: Some(1536),
/// };
/// assert_eq!(sizes.cache_elements(), 576);
/// // Keys and values of all heads would be 32 768 numbers a token: 57 times as many.
/// assert_eq!((2.0 * 128.0 * 128.0 / sizes.cache_elements() as f64).round(), 57.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatentSizes {
    /// Width of the model.
    pub d_model: usize,
    /// Number of heads.
    pub heads: usize,
    /// Features of a query or key that carry no position.
    pub d_nope: usize,
    /// Features of a query or key that are turned to their position; 0 for a layer without positions.
    pub d_rope: usize,
    /// Width of the values of one head.
    pub d_v: usize,
    /// Width of the latent vector that keys and values are made from: what is cached.
    pub kv_lora: usize,
    /// Width of the latent vector that queries are made from; `None` if they come from the input directly.
    pub q_lora: Option<usize>,
}

impl LatentSizes {
    /// Width of a query or key of one head: `d_nope + d_rope`.
    pub fn d_head(&self) -> usize {
        self.d_nope + self.d_rope
    }

    /// Numbers that the cache holds for each token, for all heads together.
    ///
    /// # Formula
    /// `kv_lora + d_rope`, against `2·kv_heads·d_head` for shared keys and values
    pub fn cache_elements(&self) -> usize {
        self.kv_lora + self.d_rope
    }

    /// Number of weights of a layer, normalisation of the latent vectors not included.
    ///
    /// # Formula
    /// `q + d_model·(kv_lora + d_rope) + kv_lora·heads·(d_nope + d_v) + heads·d_v·d_model`, where the
    /// queries take `q = d_model·q_lora + q_lora·heads·(d_nope + d_rope)`, or `d_model·heads·(d_nope +
    /// d_rope)` without a latent vector of their own
    pub fn parameters(&self) -> usize {
        let queries = match self.q_lora {
            Some(rank) => self.d_model * rank + rank * self.heads * self.d_head(),
            None => self.d_model * self.heads * self.d_head(),
        };
        queries
            + self.d_model * self.cache_elements()
            + self.kv_lora * self.heads * (self.d_nope + self.d_v)
            + self.heads * self.d_v * self.d_model
    }

    /// Width of what the queries are made from.
    pub(super) fn query_input(&self) -> usize {
        self.q_lora.unwrap_or(self.d_model)
    }

    /// Only the rotated part may be missing.
    pub(super) fn check(&self) -> Result<(), AttentionError> {
        for (what, size) in [
            (Dimension::DModel, self.d_model),
            (Dimension::Heads, self.heads),
            (Dimension::DNope, self.d_nope),
            (Dimension::DV, self.d_v),
            (Dimension::KvLora, self.kv_lora),
            (Dimension::QLora, self.query_input()),
        ] {
            if size == 0 {
                return Err(AttentionError::Empty { what });
            }
        }
        Ok(())
    }
}
