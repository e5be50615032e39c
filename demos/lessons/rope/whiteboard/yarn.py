from math import log, pi


def yarn(d, base, s, train_len, alpha=1.0, beta=32.0):
    """Fast pairs are kept, slow ones interpolated, a ramp in between. -> (frequencies (d/2), factor)

    The factor sqrt(1/t) multiplies cos and sin, so q and k each, and the logits by its square.
    """
    theta = []
    for i in range(d // 2):
        t = base ** (-2 * i / d)
        turns = train_len * t / (2 * pi)  # in training
        gamma = min(max((turns - alpha) / (beta - alpha), 0.0), 1.0)
        theta.append((1 - gamma) * t / s + gamma * t)
    return theta, 0.1 * log(s) + 1
