/// 预测下一个 token：目标就是输入左移一位。
pub fn next_token(tokens: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let n = tokens.len();
    (tokens[..n - 1].to_vec(), tokens[1..].to_vec())
}

/// 掩码语言模型：选中的 token 里，80% 换成 mask，10% 换成随机 token，10% 不动。
/// 目标为 `None` 的位置不算损失。`dice` 取值 [0, 1)，每个 token 一个。
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

/// 片段破坏：编码器读到的每个片段都换成一个哨兵 token，解码器补出缺的内容。
/// `spans` 是 (起点, 终点)，按先后排列；哨兵 token 从词表末尾往前编号，与 T5 相同。
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
