def causal(n):
    """query i 能看到 key j 吗？(n, n)"""
    return [[j <= i for j in range(n)] for i in range(n)]


def prefix_lm(n, prefix):
    """前 `prefix` 个 token 是 prompt，双向可见；其余按因果。"""
    return [[j <= i or j < prefix for j in range(n)] for i in range(n)]


def masked(scores, may_see):
    """看不到的位置，在 softmax *之前*把分数设为 -inf。"""
    return [[s if seen else float("-inf") for s, seen in zip(row, seen_row)]
            for row, seen_row in zip(scores, may_see)]
