from math import exp, log1p


def ppo(log_new, log_old, advantage, epsilon):
    """PPO's loss of one token: min(ratio A, clip(ratio) A), to be maximised, so negated."""
    ratio = exp(log_new - log_old)
    clipped = min(max(ratio, 1 - epsilon), 1 + epsilon)
    return -min(ratio * advantage, clipped * advantage)  # the minimum keeps the way back open


def dpo(policy, reference, beta):
    """DPO's loss of one pair; log-probabilities of whole answers: policy, reference; winner, loser."""
    margin = (policy[0] - reference[0]) - (policy[1] - reference[1])
    x = beta * margin
    return log1p(exp(-abs(x))) - min(x, 0.0)  # -ln sigmoid(beta h), without overflow


def grpo(rewards):
    """GRPO's advantages of one group of at least two; next to 0 where all rewards are alike."""
    n = len(rewards)
    mean = sum(rewards) / n
    sd = (sum((r - mean) ** 2 for r in rewards) / (n - 1)) ** 0.5
    return [(r - mean) / (sd + 1e-4) for r in rewards]  # sd alone may be a rounding, not 0


def gae(rewards, values, gamma, lam):
    """Generalised advantages, from the back; one value more than rewards."""
    out, following = [], 0.0
    for t in reversed(range(len(rewards))):
        delta = rewards[t] + gamma * values[t + 1] - values[t]
        following = delta + gamma * lam * following
        out.append(following)
    return out[::-1]
