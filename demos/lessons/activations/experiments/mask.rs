//! The random mask of which GELU is the mean.

use concepts::numerics::rng;
use concepts::numerics::statistics::{mean, variance};
use rand::Rng;

/// Mean of `x · Bernoulli(keep)` over draws, and its standard error.
pub(crate) fn masked(x: f64, keep: f64, draws: usize, seed: u64) -> (f64, f64) {
    let mut rng = rng(seed, "activations mask");
    let drawn: Vec<f64> = (0..draws).map(|_| if rng.random_bool(keep) { x } else { 0.0 }).collect();
    (mean(&drawn), (variance(&drawn) / draws as f64).sqrt())
}
