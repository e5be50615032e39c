def next_token(tokens):
    """目标就是输入左移一位。"""
    return tokens[:-1], tokens[1:]


def masked_tokens(tokens, selected, dice, random, mask):
    """选中的 token 里，80% 换成 mask，10% 换成随机 token，10% 不动。目标为 None 的位置不算损失。"""
    inputs = []
    for token, chosen, d, other in zip(tokens, selected, dice, random):
        if not chosen:
            inputs.append(token)
        elif d < 0.8:
            inputs.append(mask)
        elif d < 0.9:
            inputs.append(other)
        else:
            inputs.append(token)
    return inputs, [t if chosen else None for t, chosen in zip(tokens, selected)]


def corrupt_spans(tokens, spans, first_sentinel, end):
    """编码器读到的每个片段都换成一个哨兵 token，解码器补出缺的内容。"""
    encoder, decoder, at = [], [], 0
    for k, (start, stop) in enumerate(spans):
        sentinel = first_sentinel - k
        encoder += tokens[at:start] + [sentinel]
        decoder += [sentinel] + tokens[start:stop]
        at = stop
    return encoder + tokens[at:] + [end], decoder + [end]
