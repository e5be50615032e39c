//! A linear recurrence all at once: `hₜ = aₜ·hₜ₋₁ + bₜ` as a parallel scan.

use concepts::numerics::{normal, rng};

/// Tokens of the sequence.
pub(crate) const TOKENS: usize = 64;

/// One step, or several of them put together: `h ↦ a·h + b`.
type Map = (f64, f64);

/// First one, then the other. The order of the brackets does not matter, which is all that a scan needs.
fn then((a1, b1): Map, (a2, b2): Map) -> Map {
    (a2 * a1, a2 * b1 + b2)
}

/// The states one by one, from 0.
fn one_by_one(maps: &[Map]) -> Vec<f64> {
    let step = |h: &mut f64, &(a, b): &Map| {
        *h = a * *h + b;
        Some(*h)
    };
    maps.iter().scan(0.0, step).collect()
}

/// The states in rounds: each joins every map with the one that lies twice as far back as in the round
/// before. Within a round nothing waits for anything. Returns the number of rounds too.
fn in_rounds(maps: &[Map]) -> (Vec<f64>, usize) {
    let mut joined = maps.to_vec();
    let (mut reach, mut rounds) = (1, 0);
    while reach < maps.len() {
        let before = joined.clone();
        for t in reach..maps.len() {
            joined[t] = then(before[t - reach], before[t]);
        }
        (reach, rounds) = (2 * reach, rounds + 1);
    }
    (joined.into_iter().map(|(_, b)| b).collect(), rounds)
}

/// Rounds for [`TOKENS`] tokens, and the largest difference from the states one by one.
pub(crate) fn scan(seed: u64) -> (usize, f64) {
    let drawn = normal((TOKENS, 2), 0.5, &mut rng(seed, "parallel scan"));
    let maps: Vec<Map> = drawn.outer_iter().map(|row| (row[0], row[1])).collect();
    let (states, rounds) = in_rounds(&maps);
    let apart = states.iter().zip(one_by_one(&maps)).map(|(a, b)| (a - b).abs());
    (rounds, apart.fold(0.0, f64::max))
}
