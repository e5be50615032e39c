use ndarray::{Array2, Axis};

/// g (n_q, d_v) 是损失对输出的梯度，返回 dQ、dK、dV。
pub fn attention_backward(
    q: &Array2<f64>,
    k: &Array2<f64>,
    v: &Array2<f64>,
    g: &Array2<f64>,
) -> [Array2<f64>; 3] {
    let root = (q.ncols() as f64).sqrt();
    let mut a = q.dot(&k.t()) / root; // (n_q, n_k)，重新算，不存
    for mut row in a.rows_mut() {
        let top = row.fold(f64::MIN, |top, &s| top.max(s));
        row.mapv_inplace(|s| (s - top).exp());
        row /= row.sum();
    }
    let o = a.dot(v);
    let dv = a.t().dot(g); // (n_k, d_v)
    let da = g.dot(&v.t()); // (n_q, n_k)
    let row = (g * &o).sum_axis(Axis(1)).insert_axis(Axis(1)); // 等于 a⊙da 的行和，但用不着 a
    let ds = a * (da - row); // 过 softmax，每行之和为 0
    [ds.dot(k) / root, ds.t().dot(q) / root, dv]
}
