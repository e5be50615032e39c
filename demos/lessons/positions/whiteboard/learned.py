def with_positions(x, table, first=0):
    """x (n, d) plus rows first .. first + n of a trained table (max_len, d).

    While decoding with a cache, first is the length of the cache, not 0.
    """
    end = first + len(x)
    if end > len(table):
        raise IndexError(f"position {end - 1} is beyond a table of {len(table)}")
    return [[a + b for a, b in zip(token, row)] for token, row in zip(x, table[first:end])]
