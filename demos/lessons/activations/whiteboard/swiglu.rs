fn row_times(x: &[f64], w: &[Vec<f64>]) -> Vec<f64> {
    (0..w[0].len()).map(|j| x.iter().zip(w).map(|(x, row)| x * row[j]).sum()).collect()
}

/// (SiLU(xW) ⊙ xV)·U. x: (d), W and V: (d, h), U: (h, d).
pub fn swiglu(x: &[f64], w: &[Vec<f64>], v: &[Vec<f64>], u: &[Vec<f64>]) -> Vec<f64> {
    let (gate, up) = (row_times(x, w), row_times(x, v));
    let hidden: Vec<f64> = gate.iter().zip(&up).map(|(a, b)| a / (1.0 + (-a).exp()) * b).collect();
    row_times(&hidden, u)
}

/// Three matrices for two: h = 2/3 of the plain width, up to a multiple.
pub fn width(plain: usize, multiple: usize) -> usize {
    (2 * plain / 3).div_ceil(multiple) * multiple
}
