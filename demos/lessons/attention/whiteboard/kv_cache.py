import numpy as np


def step(x, w_q, w_k, w_v, w_o, heads, keys, values):
    """One new token x (d,). keys and values are lists with one (d,) for each token so far."""
    q = x @ w_q
    keys.append(x @ w_k)             # computed once, never again
    values.append(x @ w_v)
    d_head = len(q) // heads
    k, v = np.array(keys), np.array(values)              # (t, d)
    out = []
    for h in range(heads):
        own = slice(h * d_head, (h + 1) * d_head)
        scores = k[:, own] @ q[own] / np.sqrt(d_head)    # (t,): all of it is past, no mask needed
        e = np.exp(scores - scores.max())
        out.append(e / e.sum() @ v[:, own])
    return np.concatenate(out) @ w_o                     # (d,)
