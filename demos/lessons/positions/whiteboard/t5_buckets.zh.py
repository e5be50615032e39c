import math


def bucket(relative, bidirectional=True, buckets=32, farthest=128):
    """relative = key 的位置 − query 的位置，求它落在哪个桶。近的距离一个一桶，
    远的按对数合并，超过 farthest 的都进最后一桶。
    偏置就是 table[bucket][head]，一个学出来的数。"""
    start, distance = 0, max(-relative, 0)  # 解码器里没有排在 query 之后的 key
    if bidirectional:  # 编码器把后一半桶留给它们
        buckets //= 2
        start, distance = buckets if relative > 0 else 0, abs(relative)
    exact = buckets // 2
    if distance < exact:
        return start + distance
    share = math.log(distance / exact) / math.log(farthest / exact)  # 0 … 1
    return start + min(exact + int(share * (buckets - exact)), buckets - 1)
