from math import exp

def with_temperature(logits, t):
    """softmax(z / T). T = 0 is greedy by convention: of equals the lowest id. [V] -> [V]"""
    largest = max(logits)
    if t == 0:
        best = logits.index(largest)
        return [1.0 if i == best else 0.0 for i in range(len(logits))]
    e = [exp((z - largest) / t) for z in logits]                 # - largest: no overflow
    return [x / sum(e) for x in e]

def min_p(p, share):
    """Tokens at least `share` times as probable as the best, renormalised. [V] -> [V]"""
    kept = [x if x >= share * max(p) else 0.0 for x in p]
    return [x / sum(kept) for x in kept]
