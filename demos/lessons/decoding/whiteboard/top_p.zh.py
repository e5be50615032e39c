def top_p(p, mass):
    """概率从大到小累加，刚够 `mass` 的最小集合，再归一化。[V] -> [V]"""
    q, before = [0.0] * len(p), 0.0                  # before = cumsum - p：轮到这个 token *之前*的和
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: -p[i])):
        if rank > 0 and before >= mass:              # 跨过 `mass` 的那个 token 要留下，所以不会是空集
            break
        q[i] = p[i]
        before += p[i]
    return [x / before for x in q]
