//! What a beam costs in memory.

/// Bytes of the KV cache of several beams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeamCache {
    /// Every beam has a copy of everything.
    pub copied: u64,
    /// The prompt is kept once, what was written since once a beam.
    pub prompt_shared: u64,
    /// Every prefix that two beams have in common is kept once, at best: all of them part at the last token.
    pub at_least: u64,
}

/// Bytes of the KV cache of `beams` beams. Numbers beyond `u64` stay at its end.
///
/// # Formula
/// `k(P + G)b` copied; `(P + kG)b` with a shared prompt; `(P + G − 1 + k)b` at least; `P` tokens of the prompt, `G ≥ 1`
/// written since, `b` bytes a token
///
/// # Reference
/// Kwon et al. 2023, *Efficient Memory Management for Large Language Model Serving with PagedAttention*, section 4.4.
///
/// # Examples
/// ```
/// use concepts::tasks::beam_cache;
/// let cache = beam_cache(4, 1000, 100, 131_072); // the bytes of LLaMA 3 8B in 16 bits
/// assert_eq!(cache.copied, 4 * 1100 * 131_072);
/// assert_eq!(cache.prompt_shared, 1400 * 131_072);
/// assert_eq!(cache.at_least, 1103 * 131_072);
/// ```
pub fn beam_cache(beams: u64, prompt: u64, written: u64, bytes_a_token: u64) -> BeamCache {
    let bytes = |tokens: u64| tokens.saturating_mul(bytes_a_token);
    let part = if written == 0 { 0 } else { beams.saturating_sub(1) };
    BeamCache {
        copied: bytes(beams.saturating_mul(prompt.saturating_add(written))),
        prompt_shared: bytes(prompt.saturating_add(beams.saturating_mul(written))),
        at_least: bytes(prompt.saturating_add(written).saturating_add(part)),
    }
}
