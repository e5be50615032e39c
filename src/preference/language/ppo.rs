//! PPO, token by token.

use ndarray::Array2;
use rand::Rng;

use super::policy::add_score;
use super::{Language, Step, TokenPolicy};
use crate::preference::{clipped, gae};

/// How PPO is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PpoRun {
    /// Answers a batch.
    pub batch: usize,
    /// Epochs on each batch.
    pub epochs: usize,
    /// Bound of the clip.
    pub epsilon: f64,
    /// Price of leaving the reference.
    pub beta: f64,
    /// λ of the advantages.
    pub lambda: f64,
    /// Learning rate of the policy.
    pub rate: f64,
    /// Learning rate of the critic: the share of the way to the mean of what was seen at a prefix.
    pub critic: f64,
}

/// A policy, its reference and its critic, being trained on a reward.
#[derive(Debug, Clone)]
pub struct Ppo<'a> {
    language: &'a Language,
    reference: Array2<f64>,
    rewards: &'a [f64],
    run: PpoRun,
    /// The policy.
    pub policy: TokenPolicy,
    /// The critic: a value a prefix.
    pub values: Vec<f64>,
}

/// One token of a batch.
struct Seen {
    step: Step,
    old: f64,
    advantage: f64,
    target: f64,
}

impl<'a> Ppo<'a> {
    /// Begins at the reference, with a critic that knows nothing.
    ///
    /// # Shapes
    /// rewards `(answers)`
    pub fn new(language: &'a Language, reference: &TokenPolicy, rewards: &'a [f64], run: PpoRun) -> Ppo<'a> {
        let values = vec![0.0; language.states()];
        Ppo { language, reference: reference.logs(), rewards, run, policy: reference.clone(), values }
    }

    /// A batch of answers, the critic's lesson, and the clipped epochs.
    pub fn step(&mut self, rng: &mut impl Rng) {
        let seen = self.batch(rng);
        let mut sums = vec![(0.0, 0.0_f64); self.values.len()];
        for token in &seen {
            let sum = &mut sums[token.step.state];
            *sum = (sum.0 + 1.0, sum.1 + token.target);
        }
        for (value, (count, sum)) in self.values.iter_mut().zip(sums) {
            if count > 0.0 {
                *value += self.run.critic * (sum / count - *value);
            }
        }
        for _ in 0..self.run.epochs {
            let (p, logs) = (self.policy.probabilities(), self.policy.logs());
            let mut gradient = Array2::zeros(p.dim());
            for token in &seen {
                let ratio = (logs[[token.step.state, token.step.token]] - token.old).exp();
                let slope = clipped(ratio, token.advantage, self.run.epsilon).slope;
                let weight = ratio * slope / self.run.batch as f64;
                add_score(&mut gradient, token.step, p.row(token.step.state), weight);
            }
            self.policy.logits.scaled_add(self.run.rate / self.run.epochs as f64, &gradient);
        }
    }

    fn batch(&self, rng: &mut impl Rng) -> Vec<Seen> {
        let logs = self.policy.logs();
        let mut seen = Vec::new();
        for answer in self.policy.draws(self.run.batch, self.language, rng) {
            let path = self.language.path(answer);
            let price = |s: &Step| {
                let at = [s.state, s.token];
                -self.run.beta * (logs[at] - self.reference[at])
            };
            let mut rewards: Vec<f64> = path.iter().map(price).collect();
            if let Some(last) = rewards.last_mut() {
                *last += self.rewards[answer];
            }
            let mut values: Vec<f64> = path.iter().map(|s| self.values[s.state]).collect();
            values.push(0.0);
            let advantages = gae(&rewards, &values, 1.0, self.run.lambda);
            for ((step, advantage), value) in path.into_iter().zip(advantages).zip(values) {
                let old = logs[[step.state, step.token]];
                seen.push(Seen { step, old, advantage, target: advantage + value });
            }
        }
        seen
    }
}
