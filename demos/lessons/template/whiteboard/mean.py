def mean(throws):
    """The mean of throws, and its standard error."""
    n = len(throws)
    p = sum(throws) / n
    return p, (p * (1 - p) / n) ** 0.5
