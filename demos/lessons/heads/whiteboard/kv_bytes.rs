/// Bytes of the KV cache. MHA: kv_heads = query heads; GQA: fewer; MQA: 1.
pub fn kv_bytes(layers: u64, kv_heads: u64, head_dim: u64, bytes: u64, tokens: u64, batch: u64) -> u64 {
    2 * layers * kv_heads * head_dim * bytes * tokens * batch // 2: keys and values
}

/// MLA: one compressed vector and one key with RoPE, for all heads together. No factor 2.
pub fn mla_bytes(layers: u64, kv_rank: u64, rope_dim: u64, bytes: u64, tokens: u64, batch: u64) -> u64 {
    layers * (kv_rank + rope_dim) * bytes * tokens * batch
}
