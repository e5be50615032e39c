def frequencies(d, base=10000.0):
    return [base ** (-2 * i / d) for i in range(d // 2)]  # (d/2)


def interpolated(d, base, s):
    """位置插值：m -> m/s，也就是 theta -> theta/s。每一对都除，高频的也不例外。"""
    return [theta / s for theta in frequencies(d, base)]


def ntk_aware(d, base, s):
    """把 base 调大：i = 0 的 theta 不变，i = d/2 - 1 恰好变成 theta/s。"""
    return frequencies(d, base * s ** (d / (d - 2)))


def dynamic_ntk(d, base, train_len, length):
    """s 随当前文本的长度变；不超过训练长度时，什么都不变。

    Hugging Face：s = factor * length / train_len - (factor - 1)；这里 factor = 1。
    """
    s = max(length, train_len) / train_len
    return ntk_aware(d, base, s)
