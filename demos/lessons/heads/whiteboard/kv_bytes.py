def kv_bytes(layers, kv_heads, head_dim, bytes, tokens, batch):
    """Bytes of the KV cache. MHA: kv_heads = query heads; GQA: fewer; MQA: 1."""
    return 2 * layers * kv_heads * head_dim * bytes * tokens * batch     # 2: keys and values

def mla_bytes(layers, kv_rank, rope_dim, bytes, tokens, batch):
    """MLA: one compressed vector and one key with RoPE, for all heads together. No factor 2."""
    return layers * (kv_rank + rope_dim) * bytes * tokens * batch
