/// One round: the draft proposed tokens x₁ … x_γ, each from its own q; the target's p come from one call.
/// `p: (γ + 1, V)`, `q: (γ, V)`. The tokens are distributed as if the target had written them alone.
pub fn speculative_round(
    p: &[Vec<f64>],
    q: &[Vec<f64>],
    proposed: &[usize],
    mut uniform: impl FnMut() -> f64,
) -> Vec<usize> {
    let mut tokens = vec![];
    for (i, &x) in proposed.iter().enumerate() {
        if uniform() >= acceptance(&p[i], &q[i], x) {
            tokens.push(sample(&residual(&p[i], &q[i]), uniform()));
            return tokens; // what was proposed after it is void
        }
        tokens.push(x);
    }
    tokens.push(sample(&p[proposed.len()], uniform())); // all accepted: one more, free of charge
    tokens
}

/// min(1, p(x)/q(x))
pub fn acceptance(p: &[f64], q: &[f64], x: usize) -> f64 {
    (p[x] / q[x]).min(1.0)
}

/// (p − q)⁺, renormalised: what p has more than q.
pub fn residual(p: &[f64], q: &[f64]) -> Vec<f64> {
    let above: Vec<f64> = p.iter().zip(q).map(|(p, q)| (p - q).max(0.0)).collect();
    let sum: f64 = above.iter().sum();
    above.iter().map(|a| a / sum).collect()
}

fn sample(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let found = p.iter().position(|p| {
        sum += p;
        u < sum
    });
    found.or(p.iter().rposition(|p| *p > 0.0)).unwrap_or(0)
}
