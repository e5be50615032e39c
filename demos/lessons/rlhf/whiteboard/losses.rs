/// PPO's loss of one token: min(ρA, clip(ρ)A), to be maximised, so negated.
pub fn ppo(log_new: f64, log_old: f64, advantage: f64, epsilon: f64) -> f64 {
    let ratio = (log_new - log_old).exp();
    let clipped = ratio.clamp(1.0 - epsilon, 1.0 + epsilon);
    -(ratio * advantage).min(clipped * advantage) // the minimum keeps the way back open
}

/// DPO's loss of one pair; log-probabilities of whole answers: policy, reference; winner, loser.
pub fn dpo(policy: [f64; 2], reference: [f64; 2], beta: f64) -> f64 {
    let margin = (policy[0] - reference[0]) - (policy[1] - reference[1]);
    let x = beta * margin;
    (-x.abs()).exp().ln_1p() - x.min(0.0) // −ln σ(βh), without overflow
}

/// GRPO's advantages of one group of at least two; next to 0 where all rewards are alike.
pub fn grpo(rewards: &[f64]) -> Vec<f64> {
    let n = rewards.len() as f64;
    let mean = rewards.iter().sum::<f64>() / n;
    let sd = (rewards.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    rewards.iter().map(|r| (r - mean) / (sd + 1e-4)).collect() // sd alone may be a rounding, not 0
}

/// Generalised advantages, from the back; one value more than rewards.
pub fn gae(rewards: &[f64], values: &[f64], gamma: f64, lambda: f64) -> Vec<f64> {
    let mut out = vec![0.0; rewards.len()];
    let mut next = 0.0;
    for t in (0..rewards.len()).rev() {
        let delta = rewards[t] + gamma * values[t + 1] - values[t];
        next = delta + gamma * lambda * next;
        out[t] = next;
    }
    out
}
