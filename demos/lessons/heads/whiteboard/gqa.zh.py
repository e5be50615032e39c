from math import exp, sqrt

def gqa(q, k, v):
    """因果注意力：H 个 query 头，G 个 KV 头。G = H 就是 MHA，G = 1 就是 MQA。
    q: [H][n][d], k: [G][n][d], v: [G][n][d] -> [H][n][d]"""
    shared_by = len(q) // len(k)                     # 几个 query 头共用一个 KV 头
    # 相邻的共用：g0 g0 .. g1 g1 ..，即 h // shared_by，不是 h % G。
    # PyTorch：k.repeat_interleave(shared_by, dim=1)，不是 k.repeat
    return [attend(q[h], k[h // shared_by], v[h // shared_by]) for h in range(len(q))]

def attend(q, k, v):
    out = []
    for t in range(len(q)):                          # token t 看得到自己和前面的
        scores = [sum(a * b for a, b in zip(q[t], k[s])) / sqrt(len(k[s])) for s in range(t + 1)]
        p = softmax(scores)
        out.append([sum(p[s] * v[s][j] for s in range(t + 1)) for j in range(len(v[0]))])
    return out

def softmax(scores):
    largest = max(scores)
    e = [exp(s - largest) for s in scores]
    return [x / sum(e) for x in e]
