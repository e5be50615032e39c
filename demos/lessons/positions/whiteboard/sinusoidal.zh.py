import numpy as np


def sinusoidal(n, d, base=10000.0):
    """(n, d)：第 p 行是 sin(p·ω0)、cos(p·ω0)、sin(p·ω1)、cos(p·ω1)……，ωi = base^(−2i/d)。"""
    p = np.arange(n)[:, None]  # (n, 1)
    omega = base ** (-np.arange(0, d, 2) / d)  # (d/2,)
    pe = np.empty((n, d))
    pe[:, 0::2] = np.sin(p * omega)
    pe[:, 1::2] = np.cos(p * omega)
    return pe  # x + pe[:n]
