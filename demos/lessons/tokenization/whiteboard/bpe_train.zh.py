from collections import Counter


def bpe_train(words, merges):
    """words: {"low": 3, ...}。返回合并规则，按学到的先后排列。"""
    cut = {word: list(word) for word in words}
    learned = []
    for _ in range(merges):
        pairs = Counter()
        for word, count in words.items():
            for pair in zip(cut[word], cut[word][1:]):  # 不跨词
                pairs[pair] += count
        if not pairs:
            break
        best = max(pairs, key=pairs.get)  # 次数相同时，取先遇到的
        cut = {word: merge(symbols, best) for word, symbols in cut.items()}
        learned.append(best)
    return learned


def merge(symbols, pair):
    out, i = [], 0
    while i < len(symbols):
        if tuple(symbols[i : i + 2]) == pair:
            out.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out
