from math import exp, pi, sqrt, tanh


def gelu(x):
    """x Phi(x) by tanh: off by less than 5e-4 everywhere."""
    return 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))


def silu(x):
    """x sigmoid(x), also called Swish with beta = 1."""
    return x / (1 + exp(-x))


def silu_slope(x):
    """s (1 + x (1 - s)): below 0 left of -1.278, above 1 right of 1.278."""
    s = 1 / (1 + exp(-x))
    return s * (1 + x * (1 - s))
