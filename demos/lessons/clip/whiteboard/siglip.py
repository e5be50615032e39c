from math import exp, log1p


def siglip(logits):
    """-1/N sum of ln sigma(z l): z is 1 for a pair, else -1. Logits have scale and bias in them."""
    n = len(logits)
    z = lambda i, j: 1 if i == j else -1
    # -ln sigma(x) = ln(1 + e^(-x))
    return sum(log1p(exp(-z(i, j) * logits[i][j])) for i in range(n) for j in range(n)) / n
