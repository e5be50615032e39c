from math import exp

def with_temperature(logits, t):
    """softmax(z / T)。约定 T = 0 就是贪心：相同时取 id 最小的。[V] -> [V]"""
    largest = max(logits)
    if t == 0:
        best = logits.index(largest)
        return [1.0 if i == best else 0.0 for i in range(len(logits))]
    e = [exp((z - largest) / t) for z in logits]                 # 减去最大值，不会溢出
    return [x / sum(e) for x in e]

def min_p(p, share):
    """概率不低于最大者 `share` 倍的 token，再归一化。[V] -> [V]"""
    kept = [x if x >= share * max(p) else 0.0 for x in p]
    return [x / sum(kept) for x in kept]
