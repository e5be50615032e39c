def wordpiece(word, vocabulary, unknown="[UNK]"):
    """从左往右，每次取能匹配的最长一段。"""
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocabulary:
                break
        else:
            return [unknown]  # 剩下的匹配不上：整个词变成 unk
        pieces.append(piece)
        start = end
    return pieces
