/// softmax(scores) · values in one pass. scores (n,), values (n, d).
pub fn online_softmax(scores: &[f64], values: &[Vec<f64>], block: usize) -> Vec<f64> {
    // maximum, sum and output so far
    let (mut m, mut l, mut o) = (f64::NEG_INFINITY, 0.0, vec![0.0; values[0].len()]);
    for (xs, vs) in scores.chunks(block).zip(values.chunks(block)) {
        let new = xs.iter().fold(m, |m, &x| m.max(x));
        if new == f64::NEG_INFINITY {
            continue; // nothing to be seen yet
        }
        let shrink = (m - new).exp(); // 0 at first
        l *= shrink;
        o.iter_mut().for_each(|o| *o *= shrink); // forgetting this is the classic mistake
        for (x, v) in xs.iter().zip(vs) {
            let e = (x - new).exp();
            l += e;
            o.iter_mut().zip(v).for_each(|(o, v)| *o += e * v);
        }
        m = new;
    }
    o.iter().map(|o| if l > 0.0 { o / l } else { 0.0 }).collect() // divided once, at the end
}
