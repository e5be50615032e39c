//! What the cases and the programs of this lesson share.

use concepts::decoding::Candidates;
use rand::Rng;

use crate::kit::exercise::Flaws;
use crate::kit::exercise::value::{self, Value};

/// Logits between −`spread` and `spread`.
pub(super) fn logits(n: usize, spread: f64, rng: &mut impl Rng) -> Vec<f64> {
    (0..n).map(|_| rng.random_range(-spread..spread)).collect()
}

/// Probabilities: the larger `spread`, the steeper.
pub(super) fn probs(n: usize, spread: f64, rng: &mut impl Rng) -> Vec<f64> {
    let weights: Vec<f64> = logits(n, spread, rng).into_iter().map(f64::exp).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The library's answer: a probability for each token, 0 for those that were left out.
pub(super) fn dense(kept: &Candidates, vocab_size: usize) -> Value {
    value::numbers(kept.dense(vocab_size))
}

/// The tokens from the most probable down.
pub(super) fn falling(probs: &[f64], flaws: &Flaws) -> Vec<usize> {
    let mut ids: Vec<usize> = (0..probs.len()).collect();
    ids.sort_by(|&a, &b| probs[b].total_cmp(&probs[a]));
    if flaws.has("tie-last") {
        // argsort()[::-1]: of equal ones the last comes first
        ids.sort_by(|&a, &b| probs[b].total_cmp(&probs[a]).then(b.cmp(&a)));
    }
    ids
}

/// What is left of the probabilities, made to sum to 1.
pub(super) fn renormalised(probs: &[f64], kept: &[bool], flaws: &Flaws) -> Vec<f64> {
    let weight = |p: f64| if flaws.has("softmax-again") { p.exp() } else { p };
    let left: Vec<f64> =
        probs.iter().zip(kept).map(|(p, kept)| if *kept { weight(*p) } else { 0.0 }).collect();
    let sum: f64 = if flaws.has("not-renormalised") { 1.0 } else { left.iter().sum() };
    let mut out: Vec<f64> = left.into_iter().map(|p| p / sum).collect();
    if flaws.has("sorted-out") {
        out.sort_by(|a, b| b.total_cmp(a));
    }
    out
}
