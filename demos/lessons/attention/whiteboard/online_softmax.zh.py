from math import exp, inf


def online_softmax(scores, values, block):
    """一遍算出 softmax(scores) · values。scores (n,)，values (n, d)。"""
    m, l, o = -inf, 0.0, [0.0] * len(values[0])     # 当前的最大值、指数和、输出
    for start in range(0, len(scores), block):
        xs, vs = scores[start:start + block], values[start:start + block]
        new = max([m] + xs)
        if new == -inf:
            continue                                # 到这里还什么都看不到
        shrink = exp(m - new)                       # 第一块时为 0
        l, o = l * shrink, [a * shrink for a in o]  # 两个都要缩放；忘了 o 是经典错误
        for x, v in zip(xs, vs):
            e = exp(x - new)
            l, o = l + e, [a + e * b for a, b in zip(o, v)]
        m = new
    return [a / l if l > 0 else 0.0 for a in o]     # 最后只除一次
