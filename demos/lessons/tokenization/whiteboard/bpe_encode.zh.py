def bpe_encode(word, merges):
    """按学到的先后重放合并，最早的先做。不看次数，也不是最长匹配。"""
    rank = {tuple(pair): i for i, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        known = [(rank[pair], i) for i, pair in enumerate(zip(symbols, symbols[1:])) if pair in rank]
        if not known:
            return symbols
        _, i = min(known)  # 序号最小的；相同时取最左边的
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
