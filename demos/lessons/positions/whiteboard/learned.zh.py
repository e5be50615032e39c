def with_positions(x, table, first=0):
    """x (n, d) 加上可训练的表 (max_len, d) 里从 first 起的 n 行。

    带 cache 解码时，first 是 cache 的长度，不是 0。
    """
    end = first + len(x)
    if end > len(table):
        raise IndexError(f"position {end - 1} is beyond a table of {len(table)}")
    return [[a + b for a, b in zip(token, row)] for token, row in zip(x, table[first:end])]
