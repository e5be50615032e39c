use std::collections::HashMap;

/// Viterbi: the cut whose pieces have the largest sum of log probabilities.
pub fn unigram(word: &str, log_p: &HashMap<String, f64>) -> Option<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    let n = letters.len();
    let piece = |start: usize, end: usize| letters[start..end].iter().collect::<String>();
    let mut best = vec![f64::NEG_INFINITY; n + 1]; // best[i]: of the first i characters
    let mut back = vec![0; n + 1]; // where the last piece of that cut begins
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
        return None; // a character that no piece covers
    }
    let (mut pieces, mut end) = (Vec::new(), n);
    while end > 0 {
        pieces.push(piece(back[end], end));
        end = back[end];
    }
    pieces.reverse();
    Some(pieces)
}
