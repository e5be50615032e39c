def bpe_encode(word, merges):
    """Replays the merges, the earliest first. No counts, no longest match."""
    rank = {tuple(pair): i for i, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        known = [(rank[pair], i) for i, pair in enumerate(zip(symbols, symbols[1:])) if pair in rank]
        if not known:
            return symbols
        _, i = min(known)  # the lowest rank; of equal ones the leftmost
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
