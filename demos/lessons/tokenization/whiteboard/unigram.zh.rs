use std::collections::HashMap;

/// Viterbi：对数概率之和最大的切法。
pub fn unigram(word: &str, log_p: &HashMap<String, f64>) -> Option<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    let n = letters.len();
    let piece = |start: usize, end: usize| letters[start..end].iter().collect::<String>();
    let mut best = vec![f64::NEG_INFINITY; n + 1]; // best[i]：前 i 个字符的最优值
    let mut back = vec![0; n + 1]; // 该切法最后一段从哪里开始
    best[0] = 0.0;
    for end in 1..=n {
        for start in 0..end {
            let score = best[start] + log_p.get(&piece(start, end)).unwrap_or(&f64::NEG_INFINITY);
            if score > best[end] {
                (best[end], back[end]) = (score, start);
            }
        }
    }
    if best[n] == f64::NEG_INFINITY {
        return None; // 有字符没有任何一段能覆盖
    }
    let (mut pieces, mut end) = (Vec::new(), n);
    while end > 0 {
        pieces.push(piece(back[end], end));
        end = back[end];
    }
    pieces.reverse();
    Some(pieces)
}
