from math import exp


def mixture(x, router, experts, k):
    """The k best experts, weighted by a softmax of their scores; of equal ones the first. router: (d, E)."""
    scores = [sum(a * row[e] for a, row in zip(x, router)) for e in range(len(experts))]
    chosen = sorted(range(len(experts)), key=lambda e: -scores[e])[:k]  # stable: equal ones keep their order
    # as the softmax over all, divided by the sum of the chosen: what all share cancels
    gates = [exp(scores[e] - scores[chosen[0]]) for e in chosen]
    outs = [experts[e](x) for e in chosen]
    return [sum(g / sum(gates) * out[j] for g, out in zip(gates, outs)) for j in range(len(x))]
