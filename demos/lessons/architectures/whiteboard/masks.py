def causal(n):
    """May query i see key j?  (n, n)"""
    return [[j <= i for j in range(n)] for i in range(n)]


def prefix_lm(n, prefix):
    """A prompt of `prefix` tokens is seen both ways, the rest causally."""
    return [[j <= i or j < prefix for j in range(n)] for i in range(n)]


def masked(scores, may_see):
    """Scores where nothing may be seen become -inf *before* the softmax."""
    return [[s if seen else float("-inf") for s, seen in zip(row, seen_row)]
            for row, seen_row in zip(scores, may_see)]
