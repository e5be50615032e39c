from math import exp, inf

def top_k(logits, k):
    """采样用的概率，按 token id 排列：留下最大的 k 个 logit，其余设为 -inf。[V] -> [V]"""
    order = sorted(range(len(logits)), key=lambda i: -logits[i])     # 相同时留 id 小的
    kept = set(order[:k])                                            # 存的是 id，不是名次
    return softmax([z if i in kept else -inf for i, z in enumerate(logits)])     # 顺便归一化

def softmax(logits):
    largest = max(logits)
    e = [exp(z - largest) for z in logits]
    return [x / sum(e) for x in e]

def sample(p, u):
    """u 在 [0, 1) 上均匀，落在谁那一段就选谁。"""
    total = 0.0
    for token, share in enumerate(p):
        total += share
        if u < total:
            return token
    return max(i for i, share in enumerate(p) if share > 0)      # 舍入误差：取最后一个有概率的
