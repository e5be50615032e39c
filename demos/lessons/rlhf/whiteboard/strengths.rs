/// Bradley–Terry by Zermelo's iteration: `won[i][j]` is how often i won against j. Strengths with mean 0.
pub fn bradley_terry(won: &[Vec<f64>], steps: usize) -> Vec<f64> {
    let n = won.len();
    let mut w = vec![1.0_f64; n];
    for _ in 0..steps {
        let wins = |i: usize| won[i].iter().sum::<f64>();
        let met = |i: usize| (0..n).map(|j| (won[i][j] + won[j][i]) / (w[i] + w[j])).sum::<f64>();
        w = (0..n).map(|i| wins(i) / met(i)).collect();
    }
    let mean = w.iter().map(|w| w.ln()).sum::<f64>() / n as f64;
    w.into_iter().map(|w| w.ln() - mean).collect()
}

/// argmax E[r] − β KL(π‖ref): π ∝ ref·exp(r/β).
pub fn optimum(reference: &[f64], rewards: &[f64], beta: f64) -> Vec<f64> {
    let most = rewards.iter().copied().fold(f64::NEG_INFINITY, f64::max); // against overflow
    let weights: Vec<f64> =
        reference.iter().zip(rewards).map(|(p, r)| p * ((r - most) / beta).exp()).collect();
    let z: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / z).collect()
}
