import math


def exact_match(size, c, alpha, tokens):
    """CE(N) = (c/N)**alpha nats a token, p = exp(-CE); all L tokens right: p**L = exp(-L * CE)."""
    return math.exp(-tokens * (c / size) ** alpha)


def half_at(c, alpha, tokens):
    """Where half of the answers are right. L stands in here alone: it shifts the curve."""
    return c * (tokens / math.log(2)) ** (1 / alpha)


def reads_zero(a, n):
    """A test of n questions reads 0 although each is answered with probability a."""
    return (1 - a) ** n


def items_needed(a):
    """Questions for one success in 95 % of tests: (1 - a)**n = 0.05."""
    return math.ceil(math.log(0.05) / math.log1p(-a))
