from math import cos, sin, sqrt


def frequencies(d, base=10000.0):
    """One frequency for each pair, from fast to slow: (d/2)."""
    return [base ** (-2 * i / d) for i in range(d // 2)]


def rope_interleaved(x, m, theta):
    """Neighbours are a pair: (0, 1), (2, 3), ... The paper, GPT-J, Meta's LLaMA. x: (d), at position m."""
    out = []
    for i, t in enumerate(theta):
        a, b = x[2 * i], x[2 * i + 1]
        c, s = cos(m * t), sin(m * t)
        out += [a * c - b * s, a * s + b * c]
    return out


def rotate_half(x):
    """(x1, x2) -> (-x2, x1): every pair (i, i + d/2) turned by 90 degrees."""
    half = len(x) // 2
    return [-b for b in x[half:]] + x[:half]


def rope_halves(x, m, theta):
    """One of each half is a pair: (0, d/2), (1, d/2 + 1), ... GPT-NeoX, Hugging Face."""
    angles = [m * t for t in theta + theta]  # both features of a pair share an angle
    return [a * cos(g) + b * sin(g) for a, b, g in zip(x, rotate_half(x), angles)]


def score(q, m, k, n, theta):
    """Depends on m - n alone: query at m, key at n. Values are not rotated."""
    q, k = rope_halves(q, m, theta), rope_halves(k, n, theta)
    return sum(a * b for a, b in zip(q, k)) / sqrt(len(q))
