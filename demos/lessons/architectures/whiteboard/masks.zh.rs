/// query i 能看到 key j 吗？`(n, n)`
pub fn causal(n: usize) -> Vec<Vec<bool>> {
    (0..n).map(|i| (0..n).map(|j| j <= i).collect()).collect()
}

/// 前 `prefix` 个 token 是 prompt，双向可见；其余按因果。
pub fn prefix_lm(n: usize, prefix: usize) -> Vec<Vec<bool>> {
    (0..n).map(|i| (0..n).map(|j| j <= i || j < prefix).collect()).collect()
}

/// 看不到的位置，在 softmax *之前*把分数设为 −∞。
pub fn masked(scores: &[Vec<f64>], may_see: &[Vec<bool>]) -> Vec<Vec<f64>> {
    let row = |(scores, seen): (&Vec<f64>, &Vec<bool>)| {
        scores.iter().zip(seen).map(|(&s, &seen)| if seen { s } else { f64::NEG_INFINITY }).collect()
    };
    scores.iter().zip(may_see).map(row).collect()
}
