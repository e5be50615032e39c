/// Squares near 0, sizes beyond: one bad run does not decide the fit.
pub fn huber(r: f64, delta: f64) -> f64 {
    if r.abs() <= delta { 0.5 * r * r } else { delta * (r.abs() - 0.5 * delta) }
}

/// What the fit makes small; runs are (N, D, loss), the point is (ln E, ln A, ln B, α, β).
/// In logarithms the three terms are joined by log-sum-exp.
pub fn objective(point: [f64; 5], runs: &[(f64, f64, f64)]) -> f64 {
    let [e, a, b, alpha, beta] = point;
    let mut sum = 0.0;
    for (n, d, loss) in runs {
        let terms = [e, a - alpha * n.ln(), b - beta * d.ln()];
        let predicted = terms.iter().map(|x| x.exp()).sum::<f64>().ln();
        sum += huber(predicted - loss.ln(), 1e-3);
    }
    sum
}
