use ndarray::{Array2, Axis, Slice};

/// 因果自注意力。x (n, d)，每个 w 都是 (d, d)。
pub fn multi_head(x: &Array2<f64>, [w_q, w_k, w_v, w_o]: [&Array2<f64>; 4], heads: usize) -> Array2<f64> {
    let (q, k, v) = (x.dot(w_q), x.dot(w_k), x.dot(w_v)); // 都是 (n, d)
    let d_head = q.ncols() / heads;
    let mut concat = Array2::zeros(q.raw_dim()); // (n, d)
    for h in 0..heads {
        let own = Slice::from(h * d_head..(h + 1) * d_head); // 这个头的那几列
        let part = |y: &Array2<f64>| y.slice_axis(Axis(1), own).to_owned(); // (n, d_head)
        let mut a = part(&q).dot(&part(&k).t()) / (d_head as f64).sqrt(); // (n, n)；是 d_head，不是 d
        for (i, mut row) in a.rows_mut().into_iter().enumerate() {
            let top = row.iter().take(i + 1).fold(f64::MIN, |top, &s| top.max(s));
            row.indexed_iter_mut().for_each(|(j, s)| *s = if j <= i { (*s - top).exp() } else { 0.0 });
            row /= row.sum();
        }
        concat.slice_axis_mut(Axis(1), own).assign(&a.dot(&part(&v)));
    }
    concat.dot(w_o) // (n, d)
}
