/// Next token: the targets are the inputs shifted by one.
pub fn next_token(tokens: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let n = tokens.len();
    (tokens[..n - 1].to_vec(), tokens[1..].to_vec())
}

/// Masked tokens: of those selected 80% are masked, 10% replaced, 10% left. `dice` in [0, 1), one a token.
/// A target of `None` gives no loss.
pub fn masked_tokens(
    tokens: &[usize],
    selected: &[bool],
    dice: &[f64],
    random: &[usize],
    mask: usize,
) -> (Vec<usize>, Vec<Option<usize>>) {
    let input = |i: usize| match dice[i] {
        _ if !selected[i] => tokens[i],
        d if d < 0.8 => mask,
        d if d < 0.9 => random[i],
        _ => tokens[i],
    };
    let target = |i: usize| selected[i].then_some(tokens[i]);
    let n = tokens.len();
    ((0..n).map(input).collect(), (0..n).map(target).collect())
}

/// Spans: the encoder reads the text with a sentinel for each span, the decoder says what is missing.
/// `spans` as (start, end), in order; sentinels count down from the end of the vocabulary, as T5's do.
pub fn corrupt_spans(
    tokens: &[usize],
    spans: &[(usize, usize)],
    first_sentinel: usize,
    end: usize,
) -> (Vec<usize>, Vec<usize>) {
    let (mut encoder, mut decoder, mut at) = (vec![], vec![], 0);
    for (k, &(start, stop)) in spans.iter().enumerate() {
        let sentinel = first_sentinel - k;
        encoder.extend(&tokens[at..start]);
        encoder.push(sentinel);
        decoder.push(sentinel);
        decoder.extend(&tokens[start..stop]);
        at = stop;
    }
    encoder.extend(&tokens[at..]);
    encoder.push(end);
    decoder.push(end);
    (encoder, decoder)
}
