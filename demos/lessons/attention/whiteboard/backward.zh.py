import numpy as np


def attention_backward(q, k, v, g):
    """g (n_q, d_v) 是损失对输出的梯度，返回 dQ、dK、dV。"""
    root = np.sqrt(q.shape[-1])
    scores = q @ k.T / root
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    a = e / e.sum(axis=-1, keepdims=True)       # (n_q, n_k)，重新算，不存
    o = a @ v
    dv = a.T @ g                                # (n_k, d_v)
    da = g @ v.T                                # (n_q, n_k)
    row = (g * o).sum(axis=-1, keepdims=True)   # 等于 (a * da) 的行和，但用不着 a
    ds = a * (da - row)                         # 过 softmax，每行之和为 0
    return ds @ k / root, ds.T @ q / root, dv
