def top_p(p, mass):
    """The smallest set of most probable tokens whose mass reaches `mass`, renormalised. [V] -> [V]"""
    q, before = [0.0] * len(p), 0.0                  # before = cumsum - p: the sum *before* a token
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: -p[i])):
        if rank > 0 and before >= mass:              # the token that crosses `mass` is in: never empty
            break
        q[i] = p[i]
        before += p[i]
    return [x / before for x in q]
