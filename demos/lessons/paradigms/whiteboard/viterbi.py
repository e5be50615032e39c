def viterbi(s, a, b, words):
    """The best tags. a[i][j] = ln P(j after i), b[j][w] = ln P(word w | tag j), s[j] = ln P(j first)."""
    tags = range(len(s))
    best = [s[j] + b[j][words[0]] for j in tags]
    back = []
    for word in words[1:]:
        # Where does the best path to each tag come from?
        source = [max(tags, key=lambda i: best[i] + a[i][j]) for j in tags]
        best = [best[source[j]] + a[source[j]][j] + b[j][word] for j in tags]
        back.append(source)
    # Read the path backwards.
    path = [max(tags, key=lambda j: best[j])]
    for source in reversed(back):
        path.append(source[path[-1]])
    return path[::-1]
