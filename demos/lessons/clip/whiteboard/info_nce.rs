fn softmax(row: &[f64]) -> Vec<f64> {
    let most = row.iter().copied().fold(f64::MIN, f64::max);
    let e: Vec<f64> = row.iter().map(|l| (l - most).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

/// Logits (N, N) are cosines / τ, pairs on the diagonal: loss in both directions, and its gradient.
pub fn info_nce(logits: &[Vec<f64>]) -> (f64, Vec<Vec<f64>>) {
    let n = logits.len();
    let columns: Vec<Vec<f64>> = (0..n).map(|j| logits.iter().map(|row| row[j]).collect()).collect();
    let p_row: Vec<Vec<f64>> = logits.iter().map(|row| softmax(row)).collect();
    let p_col: Vec<Vec<f64>> = columns.iter().map(|column| softmax(column)).collect();
    let loss = (0..n).map(|i| -(p_row[i][i].ln() + p_col[i][i].ln()) / 2.0).sum::<f64>() / n as f64;
    // (P_row + P_col − 2I) / 2N
    let pair = |i, j| if i == j { 2.0 } else { 0.0 };
    let g = |i: usize, j: usize| (p_row[i][j] + p_col[j][i] - pair(i, j)) / (2 * n) as f64;
    (loss, (0..n).map(|i| (0..n).map(|j| g(i, j)).collect()).collect())
}
