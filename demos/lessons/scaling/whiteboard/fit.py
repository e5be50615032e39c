from math import exp, log


def huber(r, delta):
    """Squares near 0, sizes beyond: one bad run does not decide the fit."""
    return 0.5 * r * r if abs(r) <= delta else delta * (abs(r) - 0.5 * delta)


def objective(point, runs):
    """What the fit makes small; runs are (N, D, loss), the point is (ln E, ln A, ln B, alpha, beta).

    In logarithms the three terms are joined by log-sum-exp.
    """
    e, a, b, alpha, beta = point
    total = 0.0
    for n, d, loss in runs:
        terms = [e, a - alpha * log(n), b - beta * log(d)]
        predicted = log(sum(exp(x) for x in terms))
        total += huber(predicted - log(loss), 1e-3)
    return total
