use ndarray::{Array2, ArrayViewMut1};

/// q (n_q, d_k)，k (n_k, d_k)，v (n_k, d_v)；seen (n_q, n_k) 为 true 表示可以看。
pub fn attention(q: &Array2<f64>, k: &Array2<f64>, v: &Array2<f64>, seen: &Array2<bool>) -> Array2<f64> {
    let mut a = q.dot(&k.t()) / (q.ncols() as f64).sqrt(); // (n_q, n_k)
    for (mut row, seen) in a.rows_mut().into_iter().zip(seen.rows()) {
        for (score, _) in row.iter_mut().zip(seen).filter(|(_, seen)| !**seen) {
            *score = f64::NEG_INFINITY; // 在 softmax 之前
        }
        softmax(row);
    }
    a.dot(v) // (n_q, d_v)
}

/// 沿 key 做。整行都是 −∞ 时权重为 0，而不是 NaN。
fn softmax(mut row: ArrayViewMut1<f64>) {
    let top = row.fold(f64::MIN, |top, &score| top.max(score));
    row.mapv_inplace(|score| (score - top).exp()); // 不减最大值，exp 会溢出
    let sum = row.sum();
    row.mapv_inplace(|e| if sum > 0.0 { e / sum } else { 0.0 });
}

/// 最后一个 query 与最后一个 key 对齐。
pub fn causal(n_q: usize, n_k: usize) -> Array2<bool> {
    Array2::from_shape_fn((n_q, n_k), |(i, j)| j + n_q <= i + n_k)
}
