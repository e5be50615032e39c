import numpy as np


def attention(q, k, v, seen=None):
    """q (n_q, d_k), k (n_k, d_k), v (n_k, d_v); seen (n_q, n_k) is True where a query may look."""
    scores = q @ k.T / np.sqrt(q.shape[-1])          # (n_q, n_k)
    if seen is not None:
        scores = np.where(seen, scores, -np.inf)     # before the softmax
    return softmax(scores) @ v                       # (n_q, d_v)


def softmax(scores):
    """Over the last axis, the keys. A row of −inf alone gets weights 0 and not NaN."""
    top = np.maximum(scores.max(axis=-1, keepdims=True), np.finfo(float).min)
    e = np.exp(scores - top)                         # without the shift, exp overflows
    return e / np.maximum(e.sum(axis=-1, keepdims=True), np.finfo(float).tiny)


def causal(n_q, n_k):
    """The last query is lined up with the last key."""
    return np.tril(np.ones((n_q, n_k), dtype=bool), n_k - n_q)
