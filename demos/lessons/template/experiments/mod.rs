//! What is measured. Pure: the same arguments give the same numbers.

use concepts::numerics::rng;
use rand::Rng;

/// Share of heads in so many throws. The stream has a name of its own, so that a new draw moves no other number.
pub(crate) fn share(throws: usize, heads: f64, seed: u64) -> f64 {
    let mut rng = rng(seed, "template throws");
    (0..throws).filter(|_| rng.random_bool(heads)).count() as f64 / throws as f64
}

/// The standard error of that share. √(p(1 − p)/n)
pub(crate) fn standard_error(throws: usize, heads: f64) -> f64 {
    (heads * (1.0 - heads) / throws as f64).sqrt()
}
