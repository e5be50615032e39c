from math import cos, sin, sqrt


def frequencies(d, base=10000.0):
    """每一对一个频率，由快到慢：(d/2)。"""
    return [base ** (-2 * i / d) for i in range(d // 2)]


def rope_interleaved(x, m, theta):
    """相邻两维一对：(0, 1)、(2, 3)……论文、GPT-J、Meta 的 LLaMA。x: (d)，位置 m。"""
    out = []
    for i, t in enumerate(theta):
        a, b = x[2 * i], x[2 * i + 1]
        c, s = cos(m * t), sin(m * t)
        out += [a * c - b * s, a * s + b * c]
    return out


def rotate_half(x):
    """(x1, x2) -> (-x2, x1)：每一对 (i, i + d/2) 转 90 度。"""
    half = len(x) // 2
    return [-b for b in x[half:]] + x[:half]


def rope_halves(x, m, theta):
    """前后两半各出一维：(0, d/2)、(1, d/2 + 1)……GPT-NeoX、Hugging Face。"""
    angles = [m * t for t in theta + theta]  # 一对里的两维用同一个角度
    return [a * cos(g) + b * sin(g) for a, b, g in zip(x, rotate_half(x), angles)]


def score(q, m, k, n, theta):
    """位置的影响只看 m - n：query 在 m，key 在 n。value 不旋转。"""
    q, k = rope_halves(q, m, theta), rope_halves(k, n, theta)
    return sum(a * b for a, b in zip(q, k)) / sqrt(len(q))
