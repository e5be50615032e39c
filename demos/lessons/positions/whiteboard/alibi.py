import math


def slopes(heads):
    """Head h of H gets 2^(−8h/H), h = 1 … H. If H is no power of two: the slopes of the power of
    two below it, then every second one of the next."""
    power_of_two = lambda n: [2 ** (-8 * h / n) for h in range(1, n + 1)]
    below = 2 ** int(math.log2(heads))
    return (power_of_two(below) + power_of_two(2 * below)[::2])[:heads]


def bias(n, slope):
    """(n, n), added to the scores of one head before the softmax: row i is the query, column j the key."""
    return [[-math.inf if j > i else -slope * (i - j) for j in range(n)] for i in range(n)]
