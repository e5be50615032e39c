//! Six answers to one prompt.

use concepts::numerics::rng;
use concepts::preference::training::{Charge, Method, Run, Task, train};
use concepts::preference::{Policy, PreferenceError, Spread};

/// Their names.
pub(crate) const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
/// How often the fine-tuned model gives each.
pub(crate) const REFERENCE: [f64; 6] = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05];
/// How good each is.
pub(crate) const REWARDS: [f64; 6] = [0.0, 0.3, -0.5, 0.8, 0.5, 1.0];

/// The methods that are compared, by the id of their words.
pub(crate) const METHODS: [(&str, Method); 6] = [
    ("reinforce", Method::Reinforce),
    ("ppo", Method::Ppo),
    ("grpo", Method::Grpo(Spread::One, Charge::InReward)),
    ("written", Method::Grpo(Spread::Sample, Charge::InLoss)),
    ("dpo", Method::Dpo),
    ("ipo", Method::Ipo),
];

/// Where the charge is on the loss, GRPO as it was published.
pub(crate) const AS_PUBLISHED: usize = 3;

/// A run from the reference.
pub(crate) fn trained(
    method: Method,
    beta: f64,
    epsilon: f64,
    group: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, PreferenceError> {
    let task = Task { reference: &REFERENCE, rewards: &REWARDS, beta };
    // Prices grow with β, and steps become smaller by as much.
    let run = Run { steps, group, epsilon, epochs: 4, rate: 2.0 / (1.0 + beta) };
    train(method, task, run, &mut rng(seed, "rlhf answers"))
}

/// What fine-tuning learns from demonstrations in these shares: gradient descent on the cross-entropy.
pub(crate) fn fine_tuned(shares: &[f64], steps: usize) -> Vec<f64> {
    let mut policy = Policy::from_probabilities(&vec![1.0 / shares.len() as f64; shares.len()]);
    (0..steps).for_each(|_| policy.ascend(shares, 2.0));
    policy.probabilities()
}

/// Shares after a weight e^{r/β} on each demonstration.
pub(crate) fn weighted(shares: &[f64], rewards: &[f64], beta: f64) -> Vec<f64> {
    let most = rewards.iter().fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
    let weights: Vec<f64> = shares.iter().zip(rewards).map(|(p, r)| p * ((r - most) / beta).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// The largest difference of two distributions.
pub(crate) fn off(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()))
}
