def flops_per_token(n, layers, heads, head_dim, context):
    """Operations to write one token after `context` tokens. n: parameters that a token is multiplied with
    (no embedding; of a mixture of experts only those in use). No key/value heads in here."""
    weights = 2 * n                                      # a multiplication and an addition each
    attention = 4 * layers * heads * head_dim * context  # q.k and p.v, 2 each
    return weights + attention

def tokens_per_second(batch, weight_bytes, cache_bytes, flops, bandwidth, peak):
    """Roofline: a step takes as long as the slower of its bytes and its operations.
    The batch reads the weights once; each sequence has a cache and operations of its own."""
    memory = (weight_bytes + batch * cache_bytes) / bandwidth
    arithmetic = batch * flops / peak
    return batch / max(memory, arithmetic)
