import numpy as np


def step(x, w_q, w_k, w_v, w_o, heads, keys, values):
    """新来一个 token x (d,)。keys、values 是列表，之前每个 token 各存一个 (d,)。"""
    q = x @ w_q
    keys.append(x @ w_k)             # 只算这一次
    values.append(x @ w_v)
    d_head = len(q) // heads
    k, v = np.array(keys), np.array(values)              # (t, d)
    out = []
    for h in range(heads):
        own = slice(h * d_head, (h + 1) * d_head)
        scores = k[:, own] @ q[own] / np.sqrt(d_head)    # (t,)：全是前面的 token，不用 mask
        e = np.exp(scores - scores.max())
        out.append(e / e.sum() @ v[:, own])
    return np.concatenate(out) @ w_o                     # (d,)
