import math


def bucket(relative, bidirectional=True, buckets=32, farthest=128):
    """The bucket of relative = position of the key − position of the query. Near distances have a
    bucket each, far ones share by logarithm, and beyond farthest all share the last.
    The bias is then table[bucket][head], a trained number."""
    start, distance = 0, max(-relative, 0)  # a decoder has no keys after the query
    if bidirectional:  # an encoder keeps the upper half for them
        buckets //= 2
        start, distance = buckets if relative > 0 else 0, abs(relative)
    exact = buckets // 2
    if distance < exact:
        return start + distance
    share = math.log(distance / exact) / math.log(farthest / exact)  # ≥ 0
    return start + min(exact + int(share * (buckets - exact)), buckets - 1)
