def parameters(layers, d, heads, kv_heads, head_dim, d_ff, vocab, tied=False):
    """LLaMA 类解码器的参数量：RMSNorm、带门控的 FFN、没有偏置。"""
    q_and_o = 2 * d * heads * head_dim               # W_Q 和 W_O：哪种结构都一样大
    k_and_v = 2 * d * kv_heads * head_dim            # W_K 和 W_V：共享变小的就是这两个
    ffn = 3 * d * d_ff                               # gate、up、down
    norms = 2 * d
    embeddings = vocab * d if tied else 2 * vocab * d
    return layers * (q_and_o + k_and_v + ffn + norms) + d + embeddings   # + d：最后的 norm
