/// May query i see key j? `(n, n)`
pub fn causal(n: usize) -> Vec<Vec<bool>> {
    (0..n).map(|i| (0..n).map(|j| j <= i).collect()).collect()
}

/// A prompt of `prefix` tokens is seen both ways, the rest causally.
pub fn prefix_lm(n: usize, prefix: usize) -> Vec<Vec<bool>> {
    (0..n).map(|i| (0..n).map(|j| j <= i || j < prefix).collect()).collect()
}

/// Scores where nothing may be seen become −∞ *before* the softmax.
pub fn masked(scores: &[Vec<f64>], may_see: &[Vec<bool>]) -> Vec<Vec<f64>> {
    let row = |(scores, seen): (&Vec<f64>, &Vec<bool>)| {
        scores.iter().zip(seen).map(|(&s, &seen)| if seen { s } else { f64::NEG_INFINITY }).collect()
    };
    scores.iter().zip(may_see).map(row).collect()
}
