//! What is drawn, counted.

use std::cell::Cell;

use concepts::decoding::{Candidates, DecodingError, top_k};
use concepts::numerics::rng;
use rand::Rng;
use rand::seq::SliceRandom;

use super::distributions::zipf;

/// χ² this many standard deviations above its mean is not an accident.
pub(crate) const SIGMAS: f64 = 6.0;

/// How often each token comes in `n` draws.
pub(crate) fn counts(q: &[f64], n: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut counts = vec![0; q.len()];
    if let Ok(candidates) = Candidates::from_probabilities(q) {
        (0..n).for_each(|_| counts[candidates.sample(rng).id as usize] += 1);
    }
    counts
}

/// A cell of χ² with fewer draws expected than this joins the others that have too few.
const FEWEST: f64 = 5.0;

/// `(χ² − f)/√(2f)`, with `f` one less than the cells. Tokens that are expected less than five times share a
/// cell; one that should never come is counted as if one draw of it had been expected.
pub(crate) fn distance(counts: &[usize], expected: &[f64]) -> f64 {
    let n: usize = counts.iter().sum();
    let cells = || counts.iter().zip(expected).map(|(&count, p)| (count as f64, p * n as f64));
    let sum = |pick: &dyn Fn(f64) -> bool| {
        cells().filter(|cell| pick(cell.1)).fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1))
    };
    let (rare, never) = (sum(&|mean| mean > 0.0 && mean < FEWEST), sum(&|mean| mean == 0.0));
    let mut all: Vec<(f64, f64)> = cells().filter(|cell| cell.1 >= FEWEST).collect();
    all.extend((rare.1 > 0.0).then_some(rare));
    let freedom = all.len().saturating_sub(1).max(1) as f64;
    all.extend((never.0 > 0.0).then_some((never.0, 1.0)));
    let chi_square: f64 = all.iter().map(|(count, mean)| (count - mean).powi(2) / mean).sum();
    (chi_square - freedom) / (2.0 * freedom).sqrt()
}

/// Draws among the 50 most probable tokens of a shuffled vocabulary: how often has the token that comes out the
/// probability of the rank that was drawn? Without the ids the rank itself is taken for a token.
pub(crate) fn named_right(ids_kept: bool, n: usize, seed: u64) -> Result<f64, DecodingError> {
    let falling = zipf(1000);
    let mut p = falling.clone();
    let mut rng = rng(seed, "Q7 shuffled vocabulary");
    p.shuffle(&mut rng);
    let kept = top_k(&Candidates::from_probabilities(&p)?, 50)?;
    let right = (0..n).filter(|_| {
        let drawn = kept.sample(&mut rng).id;
        let rank = kept.as_slice().iter().position(|candidate| candidate.id == drawn);
        rank.is_some_and(|rank| p[if ids_kept { drawn as usize } else { rank }] == falling[rank])
    });
    Ok(right.count() as f64 / n as f64)
}

/// `n` draws with a seed.
pub(crate) fn sampled(q: &[f64], n: usize, seed: u64) -> Vec<usize> {
    let mut rng = rng(seed, "Q7 draws");
    let Ok(candidates) = Candidates::from_probabilities(q) else { return Vec::new() };
    (0..n).map(|_| candidates.sample(&mut rng).id as usize).collect()
}

/// The same with a generator that was not put back to the seed: every call goes on from the last.
pub(crate) fn going_on(q: &[f64], n: usize, seed: u64, calls: &Cell<u64>) -> Vec<usize> {
    calls.set(calls.get() + 1);
    sampled(q, n, seed.wrapping_add(1000 * calls.get()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_expected_are_near_and_others_far() {
        let expected = [0.5, 0.3, 0.2, 0.0];
        assert_eq!(distance(&[50, 30, 20, 0], &expected), -1.0); // χ² = 0, f = 2
        assert_eq!(distance(&[60, 20, 20, 0], &expected), (100.0 / 50.0 + 100.0 / 30.0 - 2.0) / 2.0);
        assert!(distance(&[50, 30, 18, 2], &expected) > distance(&[50, 30, 20, 0], &expected));
        // Two tokens that are expected half a time each share a cell.
        let rare = [0.99, 0.005, 0.005];
        assert_eq!(distance(&[99, 1, 0], &rare), distance(&[99, 0, 1], &rare));
    }

    #[test]
    fn a_rank_is_no_token() {
        assert_eq!(named_right(true, 100, 1).unwrap(), 1.0);
        assert!(named_right(false, 100, 1).unwrap() < 0.2);
    }
}
