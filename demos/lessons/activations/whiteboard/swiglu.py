from math import exp


def row_times(x, w):
    return [sum(a * row[j] for a, row in zip(x, w)) for j in range(len(w[0]))]


def swiglu(x, w, v, u):
    """(SiLU(xW) * xV) U. x: (d), W and V: (d, h), U: (h, d)."""
    gate, up = row_times(x, w), row_times(x, v)
    hidden = [a / (1 + exp(-a)) * b for a, b in zip(gate, up)]
    return row_times(hidden, u)


def width(plain, multiple):
    """Three matrices for two: h = 2/3 of the plain width, up to a multiple."""
    return -(-(2 * plain // 3) // multiple) * multiple
