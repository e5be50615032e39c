def frequencies(d, base=10000.0):
    return [base ** (-2 * i / d) for i in range(d // 2)]  # (d/2)


def interpolated(d, base, s):
    """Position interpolation: m -> m/s, that is theta -> theta/s. Every pair, fast ones too."""
    return [theta / s for theta in frequencies(d, base)]


def ntk_aware(d, base, s):
    """A larger base: i = 0 keeps theta, i = d/2 - 1 gets exactly theta/s."""
    if d == 2:
        return frequencies(d, base)  # the only pair is the fastest: it is kept
    return frequencies(d, base * s ** (d / (d - 2)))


def dynamic_ntk(d, base, train_len, length):
    """s follows the text at hand, and up to the trained length nothing changes.

    Hugging Face: s = factor * length / train_len - (factor - 1); here factor = 1.
    """
    s = max(length, train_len) / train_len
    return ntk_aware(d, base, s)
