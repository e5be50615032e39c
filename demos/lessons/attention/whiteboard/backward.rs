use ndarray::{Array2, Axis};

/// dQ, dK, dV of the loss, from its gradient g (n_q, d_v) with respect to the output.
pub fn attention_backward(
    q: &Array2<f64>,
    k: &Array2<f64>,
    v: &Array2<f64>,
    g: &Array2<f64>,
) -> [Array2<f64>; 3] {
    let root = (q.ncols() as f64).sqrt();
    let mut a = q.dot(&k.t()) / root; // (n_q, n_k), computed again and not stored
    for mut row in a.rows_mut() {
        let top = row.fold(f64::MIN, |top, &s| top.max(s));
        row.mapv_inplace(|s| (s - top).exp());
        row /= row.sum();
    }
    let o = a.dot(v);
    let dv = a.t().dot(g); // (n_k, d_v)
    let da = g.dot(&v.t()); // (n_q, n_k)
    let row = (g * &o).sum_axis(Axis(1)).insert_axis(Axis(1)); // the same as the row sums of a⊙da, without a
    let ds = a * (da - row); // through the softmax, every row sums to 0
    [ds.dot(k) / root, ds.t().dot(q) / root, dv]
}
