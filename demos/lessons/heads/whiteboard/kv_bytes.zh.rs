/// KV cache 的字节数。MHA：kv_heads 等于 query 头数；GQA：更少；MQA：1。
pub fn kv_bytes(layers: u64, kv_heads: u64, head_dim: u64, bytes: u64, tokens: u64, batch: u64) -> u64 {
    2 * layers * kv_heads * head_dim * bytes * tokens * batch // 2：key 和 value
}

/// MLA：一个压缩向量加一个带 RoPE 的 key，所有头共用。没有系数 2。
pub fn mla_bytes(layers: u64, kv_rank: u64, rope_dim: u64, bytes: u64, tokens: u64, batch: u64) -> u64 {
    layers * (kv_rank + rope_dim) * bytes * tokens * batch
}
