def speculative_round(p, q, proposed, uniform):
    """一轮：草稿模型提出 x_1 .. x_g，各从自己的 q 里采；目标模型的 p 一次算出。
    p: [g + 1][V]，q: [g][V]。写出的 token 与目标模型独自采样同分布。"""
    tokens = []
    for i, x in enumerate(proposed):
        if uniform() >= acceptance(p[i], q[i], x):
            return tokens + [sample(residual(p[i], q[i]), uniform())]    # 它后面的全部作废
        tokens.append(x)
    return tokens + [sample(p[len(proposed)], uniform())]    # 全部接受：白得一个

def acceptance(p, q, x):
    return min(1.0, p[x] / q[x])

def residual(p, q):
    """(p - q)+ 再归一化：p 比 q 多出来的部分。"""
    above = [max(0.0, a - b) for a, b in zip(p, q)]
    return [x / sum(above) for x in above]

def sample(p, u):
    total = 0.0
    for token, share in enumerate(p):
        total += share
        if u < total:
            return token
    return max(i for i, share in enumerate(p) if share > 0)
