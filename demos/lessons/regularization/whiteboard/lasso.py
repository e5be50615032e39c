def soft(b, lam):
    """argmin (w - b)^2 / 2 + lam |w|: 0 for all |b| <= lam."""
    return max(abs(b) - lam, 0.0) * (1 if b > 0 else -1)


def lasso(x, y, lam, passes):
    """argmin |y - Xw|^2 / 2 + lam |w|_1 by coordinate descent. x: centred columns (p, n); y: (n)."""
    w = [0.0] * len(x)
    r = list(y)  # y - Xw
    for _ in range(passes):
        for j, column in enumerate(x):
            square = sum(a * a for a in column)
            along = sum(a * b for a, b in zip(column, r))
            new = soft(along + square * w[j], lam) / square
            r = [b + (w[j] - new) * a for a, b in zip(column, r)]
            w[j] = new
    return w
