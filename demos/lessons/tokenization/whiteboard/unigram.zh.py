import math


def unigram(word, log_p):
    """Viterbi：对数概率之和最大的切法。"""
    best = [0.0] + [-math.inf] * len(word)  # best[i]：前 i 个字符的最优值
    back = [0] * (len(word) + 1)  # 该切法最后一段从哪里开始
    for end in range(1, len(word) + 1):
        for start in range(end):
            score = best[start] + log_p.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return None  # 有字符没有任何一段能覆盖
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1]
