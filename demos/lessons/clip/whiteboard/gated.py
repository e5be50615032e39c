from math import exp, sqrt, tanh


def times(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def softmax(row):
    most = max(row)
    e = [exp(s - most) for s in row]
    z = sum(e)
    return [x / z for x in e]


def gated(x, image, wq, wk, wv, wo, alpha):
    """x + tanh(alpha) attention(x, image): text (n, d) asks, image (m, d) answers. alpha 0: text stays."""
    q, k, v = times(x, wq), times(image, wk), times(image, wv)
    scores = times(q, list(zip(*k)))
    weights = [softmax([s / sqrt(len(x[0])) for s in row]) for row in scores]
    read = times(times(weights, v), wo)
    return [[a + tanh(alpha) * b for a, b in zip(row, more)] for row, more in zip(x, read)]
