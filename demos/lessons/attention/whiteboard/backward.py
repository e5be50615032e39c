import numpy as np


def attention_backward(q, k, v, g):
    """dQ, dK, dV of the loss, from its gradient g (n_q, d_v) with respect to the output."""
    root = np.sqrt(q.shape[-1])
    scores = q @ k.T / root
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    a = e / e.sum(axis=-1, keepdims=True)       # (n_q, n_k), computed again and not stored
    o = a @ v
    dv = a.T @ g                                # (n_k, d_v)
    da = g @ v.T                                # (n_q, n_k)
    row = (g * o).sum(axis=-1, keepdims=True)   # the same as (a * da).sum, without a
    ds = a * (da - row)                         # through the softmax, every row sums to 0
    return ds @ k / root, ds.T @ q / root, dv
