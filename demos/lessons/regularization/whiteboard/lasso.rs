/// argmin ½(w − b)² + λ|w|: 0 for all |b| ≤ λ.
pub fn soft(b: f64, lambda: f64) -> f64 {
    if b > lambda {
        b - lambda
    } else if b < -lambda {
        b + lambda
    } else {
        0.0
    }
}

/// argmin ½‖y − Xw‖² + λ‖w‖₁ by coordinate descent. x: centred columns (p, n); y: (n).
pub fn lasso(x: &[Vec<f64>], y: &[f64], lambda: f64, passes: usize) -> Vec<f64> {
    let mut w = vec![0.0; x.len()];
    let mut r = y.to_vec(); // y − Xw
    for _ in 0..passes {
        for (j, column) in x.iter().enumerate() {
            let square: f64 = column.iter().map(|x| x * x).sum();
            let along: f64 = column.iter().zip(&r).map(|(x, r)| x * r).sum();
            let new = soft(along + square * w[j], lambda) / square;
            r.iter_mut().zip(column).for_each(|(r, x)| *r += (w[j] - new) * x);
            w[j] = new;
        }
    }
    w
}
