def parameters(layers, d, heads, kv_heads, head_dim, d_ff, vocab, tied=False):
    """Parameters of a LLaMA-like decoder: RMSNorm, gated FFN, no biases."""
    q_and_o = 2 * d * heads * head_dim               # W_Q and W_O: whole in every layout
    k_and_v = 2 * d * kv_heads * head_dim            # W_K and W_V: what sharing makes smaller
    ffn = 3 * d * d_ff                               # gate, up, down
    norms = 2 * d
    embeddings = vocab * d if tied else 2 * vocab * d
    return layers * (q_and_o + k_and_v + ffn + norms) + d + embeddings   # + d: the last norm
