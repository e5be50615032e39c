def dot(x, q):
    return sum(a * b for a, b in zip(x, q))


def attend(x, v, q):
    """Attention without softmax: keys x, values v, query q. Sum of v_i (x_i . q)"""
    return sum(vi * dot(xi, q) for xi, vi in zip(x, v))


def answer(x, y, q, step, layers):
    """k layers. Each example keeps what is left of its label, r = y - said; values are step * r.

    A layer is one step of gradient descent on half the sum of (w . x_i - y_i)**2, from w = 0.
    """
    left, said = list(y), 0.0
    for _ in range(layers):
        values = [step * r for r in left]
        said += attend(x, values, q)
        # all tokens attend to the same keys and values
        left = [r - attend(x, values, xi) for xi, r in zip(x, left)]
    return said
