def mean(throws):
    """多次投掷的均值，以及它的标准误。"""
    n = len(throws)
    p = sum(throws) / n
    return p, (p * (1 - p) / n) ** 0.5
