import numpy as np


def attention(q, k, v, seen=None):
    """q (n_q, d_k)，k (n_k, d_k)，v (n_k, d_v)；seen (n_q, n_k) 为 True 表示可以看。"""
    scores = q @ k.T / np.sqrt(q.shape[-1])          # (n_q, n_k)
    if seen is not None:
        scores = np.where(seen, scores, -np.inf)     # 在 softmax 之前
    return softmax(scores) @ v                       # (n_q, d_v)


def softmax(scores):
    """沿最后一维，也就是 key。整行都是 −inf 时权重为 0，而不是 NaN。"""
    top = np.maximum(scores.max(axis=-1, keepdims=True), np.finfo(float).min)
    e = np.exp(scores - top)                         # 不减最大值，exp 会溢出
    return e / np.maximum(e.sum(axis=-1, keepdims=True), np.finfo(float).tiny)


def causal(n_q, n_k):
    """最后一个 query 与最后一个 key 对齐。"""
    return np.tril(np.ones((n_q, n_k), dtype=bool), n_k - n_q)
