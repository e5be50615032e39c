//! Distributions from steep to flat, and what is asked of them.

use concepts::numerics::softmax::softmax;
use concepts::numerics::{normal, rng};

/// `pᵢ ∝ rⁱ`: steep for a small ratio, flat for one near 1.
pub(crate) fn geometric(ratio: f64, vocab: usize) -> Vec<f64> {
    normalised((0..vocab).map(|i| ratio.powi(i as i32)).collect())
}

/// `pᵢ ∝ 1/i`: Zipf's law, as word frequencies follow it.
pub(crate) fn zipf(vocab: usize) -> Vec<f64> {
    normalised((1..=vocab).map(|rank| 1.0 / rank as f64).collect())
}

/// Every token alike.
pub(crate) fn uniform(vocab: usize) -> Vec<f64> {
    vec![1.0 / vocab as f64; vocab]
}

/// Softmax of independent normal logits; the larger their spread, the steeper.
pub(crate) fn random_softmax(vocab: usize, spread: f64, seed: u64, stream: &str) -> Vec<f64> {
    softmax(normal((1, vocab), spread, &mut rng(seed, stream)).row(0)).to_vec()
}

/// `H(p) = −Σ pᵢ ln pᵢ`, in nats.
pub(crate) fn entropy(probabilities: &[f64]) -> f64 {
    probabilities.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum()
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}
