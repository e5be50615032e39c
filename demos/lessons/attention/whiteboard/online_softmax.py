from math import exp, inf


def online_softmax(scores, values, block):
    """softmax(scores) · values in one pass. scores (n,), values (n, d)."""
    m, l, o = -inf, 0.0, [0.0] * len(values[0])     # maximum, sum and output so far
    for start in range(0, len(scores), block):
        xs, vs = scores[start:start + block], values[start:start + block]
        new = max([m] + xs)
        if new == -inf:
            continue                                # nothing to be seen yet
        shrink = exp(m - new)                       # 0 at first
        l, o = l * shrink, [a * shrink for a in o]  # both; forgetting o is the classic mistake
        for x, v in zip(xs, vs):
            e = exp(x - new)
            l, o = l + e, [a + e * b for a, b in zip(o, v)]
        m = new
    return [a / l if l > 0 else 0.0 for a in o]     # divided once, at the end
