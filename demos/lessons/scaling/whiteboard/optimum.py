def loss(law, n, d):
    """L(N, D) = E + A/N^alpha + B/D^beta, the constants as (E, A, B, alpha, beta)."""
    e, a, b, alpha, beta = law
    return e + a / n**alpha + b / d**beta


def optimum(law, c):
    """The best (N, D) of a budget C = 6ND. At the optimum alpha*A/N^alpha = beta*B/D^beta."""
    _, a, b, alpha, beta = law
    g = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    n = g * (c / 6) ** (beta / (alpha + beta))
    return n, c / (6 * n)


def tokens_for(law, target, n):
    """The tokens with which n parameters reach a loss."""
    e, a, b, alpha, beta = law
    left = target - e - a / n**alpha  # what the model's size leaves for the data
    return (b / left) ** (1 / beta) if left > 0 else None
