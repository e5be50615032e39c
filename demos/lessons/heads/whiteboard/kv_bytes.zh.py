def kv_bytes(layers, kv_heads, head_dim, bytes, tokens, batch):
    """KV cache 的字节数。MHA：kv_heads 等于 query 头数；GQA：更少；MQA：1。"""
    return 2 * layers * kv_heads * head_dim * bytes * tokens * batch     # 2：key 和 value

def mla_bytes(layers, kv_rank, rope_dim, bytes, tokens, batch):
    """MLA：一个压缩向量加一个带 RoPE 的 key，所有头共用。没有系数 2。"""
    return layers * (kv_rank + rope_dim) * bytes * tokens * batch
