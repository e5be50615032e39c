from math import exp, log


def softmax(row):
    most = max(row)
    e = [exp(l - most) for l in row]
    z = sum(e)
    return [x / z for x in e]


def info_nce(logits):
    """Logits (N, N) are cosines / tau, pairs on the diagonal: loss in both directions, and its gradient."""
    n = len(logits)
    p_row = [softmax(row) for row in logits]
    p_col = [softmax(column) for column in zip(*logits)]
    loss = sum(-(log(p_row[i][i]) + log(p_col[i][i])) / 2 for i in range(n)) / n
    # (P_row + P_col - 2I) / 2N
    g = [[(p_row[i][j] + p_col[j][i] - 2 * (i == j)) / (2 * n) for j in range(n)] for i in range(n)]
    return loss, g
