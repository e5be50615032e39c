import math


def slopes(heads):
    """H 个头里第 h 个的斜率是 2^(−8h/H)，h = 1 … H。H 不是 2 的幂时：
    先取比它小的 2 的幂的全部斜率，再从下一个 2 的幂里隔一个取一个。"""
    power_of_two = lambda n: [2 ** (-8 * h / n) for h in range(1, n + 1)]
    below = 2 ** int(math.log2(heads))
    return (power_of_two(below) + power_of_two(2 * below)[::2])[:heads]


def bias(n, slope):
    """(n, n)，softmax 之前加到一个头的分数上：行 i 是 query，列 j 是 key。"""
    return [[-math.inf if j > i else -slope * (i - j) for j in range(n)] for i in range(n)]
