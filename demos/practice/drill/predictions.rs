//! Experiments whose outcome is to be guessed before they run: an estimate, and a range that should hold it in four
//! cases of five.

use concepts::attention::cost::{decode_multiply_adds_cached, decode_multiply_adds_uncached};
use concepts::decoding::{Candidates, temperature, top_p};
use concepts::numerics::softmax::softmax;
use concepts::numerics::{normal, rng};
use concepts::position::rope::rope_frequencies;
use ndarray::Axis;

/// An experiment.
#[derive(Debug)]
pub struct Prediction {
    /// Its id in the words, and part of its card's.
    pub id: &'static str,
    /// The lesson that explains it.
    pub lesson: &'static str,
    /// Runs it. Everything that is drawn is drawn with the seed.
    pub run: fn(u64) -> f64,
}

/// All experiments.
pub static PREDICTIONS: &[Prediction] = &[
    Prediction { id: "largest-weight", lesson: "attention", run: |seed| largest_weight(seed, 1.0) },
    Prediction { id: "largest-weight-scaled", lesson: "attention", run: |seed| largest_weight(seed, 16.0) },
    Prediction { id: "cache-saves", lesson: "attention", run: |_| cache_saves() },
    Prediction { id: "slow-pairs", lesson: "rope", run: |_| slow_pairs() },
    Prediction { id: "nucleus-size", lesson: "decoding", run: |seed| nucleus_size(seed, 1.0) },
    Prediction { id: "nucleus-size-cool", lesson: "decoding", run: |seed| nucleus_size(seed, 0.7) },
    Prediction { id: "unseen-skill", lesson: "emergence", run: |_| unseen_skill() },
];

/// The mean, over 200 queries, of the largest weight among 64 keys; dₖ = 256, scores divided by `divisor`.
fn largest_weight(seed: u64, divisor: f64) -> f64 {
    let mut rng = rng(seed, "drill, largest weight");
    let [q, k] = [(200, 256), (64, 256)].map(|shape| normal(shape, 1.0, &mut rng));
    let scores = q.dot(&k.t()) / divisor;
    let largest = scores.axis_iter(Axis(0)).map(|row| softmax(row).fold(0.0, |a: f64, &b| a.max(b)));
    largest.sum::<f64>() / scores.nrows() as f64
}

/// How many times as many multiply-adds 1,000 tokens take without a cache, at a width of 1024.
fn cache_saves() -> f64 {
    decode_multiply_adds_uncached(1000, 1024) as f64 / decode_multiply_adds_cached(1000, 1024) as f64
}

/// Of 64 pairs of base 10,000, those that make no whole turn in 4,096 tokens.
fn slow_pairs() -> f64 {
    let frequencies = rope_frequencies(128, 10_000.0).expect("an even dimension");
    let turns = |theta: &&f64| **theta * 4096.0 / std::f64::consts::TAU < 1.0;
    frequencies.iter().filter(turns).count() as f64
}

/// How many of 32,000 tokens top-p 0.9 keeps, if the logits are normal with a deviation of 2.5.
fn nucleus_size(seed: u64, t: f64) -> f64 {
    let logits = normal((1, 32_000), 2.5, &mut rng(seed, "drill, nucleus"));
    let kept = Candidates::from_logits(&logits.iter().copied().collect::<Vec<f64>>())
        .and_then(|all| temperature(&all, t))
        .and_then(|all| top_p(&all, 0.9));
    kept.map_or(f64::NAN, |kept| kept.ids().len() as f64)
}

/// The probability that a skill of 1% shows nothing in 100 questions.
fn unseen_skill() -> f64 {
    concepts::emergence::reads_zero(0.01, 100)
}
