def next_token(tokens):
    """The targets are the inputs shifted by one."""
    return tokens[:-1], tokens[1:]


def masked_tokens(tokens, selected, dice, random, mask):
    """Of those selected 80% are masked, 10% replaced, 10% left. A target of None gives no loss."""
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
    """The encoder reads a sentinel for each span, the decoder says what is missing."""
    encoder, decoder, at = [], [], 0
    for k, (start, stop) in enumerate(spans):
        sentinel = first_sentinel - k
        encoder += tokens[at:start] + [sentinel]
        decoder += [sentinel] + tokens[start:stop]
        at = stop
    return encoder + tokens[at:] + [end], decoder + [end]
