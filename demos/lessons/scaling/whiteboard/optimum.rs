/// L(N, D) = E + A/N^α + B/D^β, the constants as (E, A, B, α, β).
pub fn loss(law: [f64; 5], n: f64, d: f64) -> f64 {
    let [e, a, b, alpha, beta] = law;
    e + a / n.powf(alpha) + b / d.powf(beta)
}

/// The best (N, D) of a budget C = 6ND. At the optimum αA/N^α = βB/D^β.
pub fn optimum(law: [f64; 5], c: f64) -> (f64, f64) {
    let [_, a, b, alpha, beta] = law;
    let g = (alpha * a / (beta * b)).powf(1.0 / (alpha + beta));
    let n = g * (c / 6.0).powf(beta / (alpha + beta));
    (n, c / (6.0 * n))
}

/// The tokens with which n parameters reach a loss.
pub fn tokens_for(law: [f64; 5], target: f64, n: f64) -> Option<f64> {
    let [e, a, b, alpha, beta] = law;
    // What the model's size leaves for the data.
    let left = target - e - a / n.powf(alpha);
    (left > 0.0).then(|| (b / left).powf(1.0 / beta))
}
