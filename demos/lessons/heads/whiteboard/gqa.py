from math import exp, sqrt

def gqa(q, k, v):
    """Causal attention of H query heads over G key/value heads. G = H is MHA, G = 1 is MQA.
    q: [H][n][d], k: [G][n][d], v: [G][n][d] -> [H][n][d]"""
    shared_by = len(q) // len(k)                     # query heads per key/value head
    # Neighbours share: g0 g0 .. g1 g1 .., which is h // shared_by, not h % G.
    # PyTorch: k.repeat_interleave(shared_by, dim=1), not k.repeat
    return [attend(q[h], k[h // shared_by], v[h // shared_by]) for h in range(len(q))]

def attend(q, k, v):
    out = []
    for t in range(len(q)):                          # token t sees itself and what came before
        scores = [sum(a * b for a, b in zip(q[t], k[s])) / sqrt(len(k[s])) for s in range(t + 1)]
        p = softmax(scores)
        out.append([sum(p[s] * v[s][j] for s in range(t + 1)) for j in range(len(v[0]))])
    return out

def softmax(scores):
    largest = max(scores)
    e = [exp(s - largest) for s in scores]
    return [x / sum(e) for x in e]
