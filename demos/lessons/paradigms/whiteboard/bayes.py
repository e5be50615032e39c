from math import log


def scores(texts, labels, classes, words, new):
    """Naive Bayes: ln P(class) + sum of ln P(word | class), smoothed by one; a text is word numbers."""
    rows = [0] * classes
    count = [[1] * words for _ in range(classes)]
    for text, c in zip(texts, labels):
        rows[c] += 1
        for w in text:
            count[c][w] += 1
    return [
        log(rows[c] / len(texts)) + sum(log(count[c][w] / sum(count[c])) for w in new)
        for c in range(classes)
    ]
