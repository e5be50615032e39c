/// −1/N Σ ln σ(z·l): z is 1 for a pair and −1 for all others. Logits have scale and bias in them.
pub fn siglip(logits: &[Vec<f64>]) -> f64 {
    let n = logits.len();
    let mut loss = 0.0;
    for i in 0..n {
        for j in 0..n {
            let z = if i == j { 1.0 } else { -1.0 };
            // −ln σ(x) = ln(1 + e^(−x))
            loss += (-z * logits[i][j]).exp().ln_1p();
        }
    }
    loss / n as f64
}
