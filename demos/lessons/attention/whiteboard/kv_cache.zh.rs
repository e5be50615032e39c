use ndarray::{Array1, Array2, Axis, Slice};

/// 之前每个 token 留下的 key 和 value，各是 (d,)。
#[derive(Default)]
pub struct Cache {
    pub keys: Vec<Array1<f64>>,
    pub values: Vec<Array1<f64>>,
}

/// 新来一个 token x (d,)；每个 w 都是 (d, d)。
pub fn step(x: &Array1<f64>, w: [&Array2<f64>; 4], heads: usize, cache: &mut Cache) -> Array1<f64> {
    let [w_q, w_k, w_v, w_o] = w;
    let q = x.dot(w_q);
    cache.keys.push(x.dot(w_k)); // 只算这一次
    cache.values.push(x.dot(w_v));
    let d_head = q.len() / heads;
    let mut out = Array1::zeros(q.len());
    for h in 0..heads {
        let own = Slice::from(h * d_head..(h + 1) * d_head);
        let of = |y: &Array1<f64>| y.slice_axis(Axis(0), own).to_owned();
        // (t,)：全是前面的 token，不用 mask
        let scores: Array1<f64> =
            cache.keys.iter().map(|k| of(k).dot(&of(&q)) / (d_head as f64).sqrt()).collect();
        let top = scores.fold(f64::MIN, |top, &s| top.max(s));
        let e = scores.mapv(|s| (s - top).exp());
        for (weight, value) in (&e / e.sum()).iter().zip(&cache.values) {
            out.slice_axis_mut(Axis(0), own).scaled_add(*weight, &of(value));
        }
    }
    out.dot(w_o) // (d,)
}
