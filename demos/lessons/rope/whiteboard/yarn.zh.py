from math import log, pi


def yarn(d, base, s, train_len, alpha=1.0, beta=32.0):
    """高频的对不动，低频的做插值，中间线性过渡。-> (频率 (d/2), 系数)

    系数 sqrt(1/t) 乘在 cos、sin 上，q、k 各乘一次，logits 就乘了它的平方。
    """
    theta = []
    for i in range(d // 2):
        t = base ** (-2 * i / d)
        turns = train_len * t / (2 * pi)  # 训练时转的圈数
        gamma = min(max((turns - alpha) / (beta - alpha), 0.0), 1.0)
        theta.append((1 - gamma) * t / s + gamma * t)
    return theta, 0.1 * log(s) + 1
