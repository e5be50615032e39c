import numpy as np


def multi_head(x, w_q, w_k, w_v, w_o, heads):
    """因果自注意力。x (n, d)，每个 w 都是 (d, d)。"""
    n, d = x.shape
    d_head = d // heads

    def split(y):                                               # (n, d) -> (heads, n, d_head)
        return y.reshape(n, heads, d_head).transpose(1, 0, 2)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(d_head)         # (heads, n, n)；是 d_head，不是 d
    scores = np.where(np.tril(np.ones((n, n), dtype=bool)), scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    a = e / e.sum(axis=-1, keepdims=True)
    concat = (a @ v).transpose(1, 0, 2).reshape(n, d)           # 把各头拼回来
    return concat @ w_o                                         # (n, d)
