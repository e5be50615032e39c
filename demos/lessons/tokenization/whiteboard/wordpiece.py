def wordpiece(word, vocabulary, unknown="[UNK]"):
    """The longest piece that fits, from the left, again and again."""
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocabulary:
                break
        else:
            return [unknown]  # one rest without a piece: the whole word is lost
        pieces.append(piece)
        start = end
    return pieces
