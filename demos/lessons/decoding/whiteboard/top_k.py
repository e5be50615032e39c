from math import exp, inf

def top_k(logits, k):
    """Probabilities to sample from, by token id: the k largest logits, the others -inf. [V] -> [V]"""
    order = sorted(range(len(logits)), key=lambda i: -logits[i])     # of equals the lower id stays
    kept = set(order[:k])                                            # ids: a rank is no token
    return softmax([z if i in kept else -inf for i, z in enumerate(logits)])     # renormalises

def softmax(logits):
    largest = max(logits)
    e = [exp(z - largest) for z in logits]
    return [x / sum(e) for x in e]

def sample(p, u):
    """The token in whose share u, uniform in [0, 1), falls."""
    total = 0.0
    for token, share in enumerate(p):
        total += share
        if u < total:
            return token
    return max(i for i, share in enumerate(p) if share > 0)      # rounding: the last that can come
