from math import exp, log


def bradley_terry(won, steps):
    """Bradley-Terry by Zermelo's iteration: won[i][j] is how often i won against j. Strengths with mean 0."""
    n = len(won)
    w = [1.0] * n
    for _ in range(steps):
        met = [sum((won[i][j] + won[j][i]) / (w[i] + w[j]) for j in range(n)) for i in range(n)]
        w = [sum(won[i]) / met[i] for i in range(n)]
    mean = sum(map(log, w)) / n
    return [log(x) - mean for x in w]


def optimum(reference, rewards, beta):
    """argmax E[r] - beta KL(pi || ref): pi is proportional to ref * exp(r / beta)."""
    most = max(rewards)  # against overflow
    weights = [p * exp((r - most) / beta) for p, r in zip(reference, rewards)]
    z = sum(weights)
    return [w / z for w in weights]
