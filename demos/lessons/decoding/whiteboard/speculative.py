def speculative_round(p, q, proposed, uniform):
    """One round: the draft proposed x_1 .. x_g, each from its own q; the target's p come from one call.
    p: [g + 1][V], q: [g][V]. The tokens are distributed as if the target had written them alone."""
    tokens = []
    for i, x in enumerate(proposed):
        if uniform() >= acceptance(p[i], q[i], x):
            return tokens + [sample(residual(p[i], q[i]), uniform())]    # what came after it is void
        tokens.append(x)
    return tokens + [sample(p[len(proposed)], uniform())]    # all accepted: one more, free of charge

def acceptance(p, q, x):
    return min(1.0, p[x] / q[x])

def residual(p, q):
    """(p - q)+, renormalised: what p has more than q."""
    above = [max(0.0, a - b) for a, b in zip(p, q)]
    return [x / sum(above) for x in above]

def sample(p, u):
    total = 0.0
    for token, share in enumerate(p):
        total += share
        if u < total:
            return token
    return max(i for i, share in enumerate(p) if share > 0)
