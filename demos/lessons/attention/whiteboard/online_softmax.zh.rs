/// 一遍算出 softmax(scores) · values。scores (n,)，values (n, d)。
pub fn online_softmax(scores: &[f64], values: &[Vec<f64>], block: usize) -> Vec<f64> {
    // 当前的最大值、指数和、输出
    let (mut m, mut l, mut o) = (f64::NEG_INFINITY, 0.0, vec![0.0; values[0].len()]);
    for (xs, vs) in scores.chunks(block).zip(values.chunks(block)) {
        let new = xs.iter().fold(m, |m, &x| m.max(x));
        if new == f64::NEG_INFINITY {
            continue; // 到这里还什么都看不到
        }
        let shrink = (m - new).exp(); // 第一块时为 0
        l *= shrink;
        o.iter_mut().for_each(|o| *o *= shrink); // 忘了这一步是经典错误
        for (x, v) in xs.iter().zip(vs) {
            let e = (x - new).exp();
            l += e;
            o.iter_mut().zip(v).for_each(|(o, v)| *o += e * v);
        }
        m = new;
    }
    o.iter().map(|o| if l > 0.0 { o / l } else { 0.0 }).collect() // 最后只除一次
}
