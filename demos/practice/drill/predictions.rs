//! Experiments whose outcome is to be guessed before they run: an estimate, and a range that should hold it in four
//! cases of five. What is asked for is drawn anew each time, so that nobody gives a range for an outcome they remember.

use concepts::attention::cost::{decode_multiply_adds_cached, decode_multiply_adds_uncached};
use concepts::decoding::{Candidates, temperature, top_p};
use concepts::numerics::normal;
use concepts::numerics::softmax::softmax;
use concepts::position::rope::rope_frequencies;
use ndarray::Axis;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::kit::words::Named;
use crate::named;

/// A kind of experiment.
#[derive(Debug)]
pub struct Prediction {
    /// Its id in the words, and part of its card's.
    pub id: &'static str,
    /// The lesson that explains it.
    pub lesson: &'static str,
    /// Draws one.
    pub draw: fn(&mut ChaCha8Rng) -> Experiment,
}

/// An experiment that has not run yet.
pub struct Experiment {
    /// The values that the words name.
    pub values: Vec<Named>,
    /// Runs it.
    pub run: Box<dyn FnOnce() -> f64 + Send>,
}

/// All experiments.
pub static PREDICTIONS: &[Prediction] = &[
    Prediction { id: "largest-weight", lesson: "attention", draw: |rng| largest_weight(false, rng) },
    Prediction { id: "largest-weight-scaled", lesson: "attention", draw: |rng| largest_weight(true, rng) },
    Prediction { id: "cache-saves", lesson: "attention", draw: cache_saves },
    Prediction { id: "slow-pairs", lesson: "rope", draw: slow_pairs },
    Prediction { id: "nucleus-size", lesson: "decoding", draw: |rng| nucleus_size(&[1.0], rng) },
    Prediction {
        id: "nucleus-size-cool",
        lesson: "decoding",
        draw: |rng| nucleus_size(&[0.5, 0.7, 0.8], rng),
    },
    Prediction { id: "unseen-skill", lesson: "emergence", draw: unseen_skill },
];

fn one_of<T: Copy>(list: &[T], rng: &mut ChaCha8Rng) -> T {
    *list.choose(rng).expect("a list that is not empty")
}

/// The mean, over 200 queries, of the largest weight among some keys; scores divided by √dₖ or not.
fn largest_weight(scaled: bool, rng: &mut ChaCha8Rng) -> Experiment {
    let (keys, features) = (one_of(&[16usize, 64, 256], rng), one_of(&[64usize, 144, 256], rng));
    let deviation = (features as f64).sqrt();
    let mut rng = rng.clone();
    let run = move || {
        let [q, k] = [(200, features), (keys, features)].map(|shape| normal(shape, 1.0, &mut rng));
        let scores = q.dot(&k.t()) / if scaled { deviation } else { 1.0 };
        let largest = scores.axis_iter(Axis(0)).map(|row| softmax(row).fold(0.0, |a: f64, &b| a.max(b)));
        largest.sum::<f64>() / scores.nrows() as f64
    };
    Experiment { values: named![keys, features, deviation].to_vec(), run: Box::new(run) }
}

/// How many times as many multiply-adds some tokens take without a cache.
fn cache_saves(rng: &mut ChaCha8Rng) -> Experiment {
    let (tokens, width) = (one_of(&[100u64, 300, 1000, 4000], rng), one_of(&[512u64, 1024, 4096], rng));
    let run = move || {
        decode_multiply_adds_uncached(tokens, width) as f64
            / decode_multiply_adds_cached(tokens, width) as f64
    };
    Experiment { values: named![tokens, width].to_vec(), run: Box::new(run) }
}

/// Of all pairs those that make no whole turn in the context.
fn slow_pairs(rng: &mut ChaCha8Rng) -> Experiment {
    let (base, pairs) = (one_of(&[10_000.0, 100_000.0, 500_000.0, 1e6], rng), one_of(&[32usize, 64], rng));
    let context = one_of(&[2048usize, 4096, 8192, 32_768], rng);
    let run = move || {
        let frequencies = rope_frequencies(2 * pairs, base).expect("an even dimension");
        let turns = |theta: &&f64| **theta * context as f64 / std::f64::consts::TAU < 1.0;
        frequencies.iter().filter(turns).count() as f64
    };
    Experiment { values: named![base, pairs, context].to_vec(), run: Box::new(run) }
}

/// How many of 32,000 tokens top-p keeps, if the logits are normal.
fn nucleus_size(temperatures: &[f64], rng: &mut ChaCha8Rng) -> Experiment {
    const TOKENS: usize = 32_000;
    let (spread, mass) = (one_of(&[1.5, 2.0, 2.5, 3.0], rng), one_of(&[0.5, 0.8, 0.9, 0.95], rng));
    let t = one_of(temperatures, rng);
    let mut rng = rng.clone();
    let run = move || {
        let logits = normal((1, TOKENS), spread, &mut rng);
        let kept = Candidates::from_logits(&logits.iter().copied().collect::<Vec<f64>>())
            .and_then(|all| temperature(&all, t))
            .and_then(|all| top_p(&all, mass));
        kept.map_or(f64::NAN, |kept| kept.ids().len() as f64)
    };
    Experiment { values: named![tokens = TOKENS, spread, mass, t].to_vec(), run: Box::new(run) }
}

/// The probability that a skill shows nothing in a test.
fn unseen_skill(rng: &mut ChaCha8Rng) -> Experiment {
    let (share, questions) = (one_of(&[0.005, 0.01, 0.02, 0.03], rng), one_of(&[50u64, 100, 150], rng));
    let rest = 1.0 - share;
    let run = move || concepts::emergence::reads_zero(share, questions);
    Experiment { values: named![share, rest, questions].to_vec(), run: Box::new(run) }
}
