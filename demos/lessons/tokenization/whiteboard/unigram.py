import math


def unigram(word, log_p):
    """Viterbi: the cut whose pieces have the largest sum of log probabilities."""
    best = [0.0] + [-math.inf] * len(word)  # best[i]: of the first i characters
    back = [0] * (len(word) + 1)  # where the last piece of that cut begins
    for end in range(1, len(word) + 1):
        for start in range(end):
            score = best[start] + log_p.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return None  # a character that no piece covers
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1]
