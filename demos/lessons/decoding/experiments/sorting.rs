//! What it takes to choose a token, in comparisons that are counted.
//!
//! The algorithms are written out here so that the counts are those of a textbook and do not move with the
//! standard library's.

use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use rand::seq::SliceRandom;

/// Comparisons of logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Comparisons {
    /// One pass for the largest.
    pub argmax: usize,
    /// The `k` largest, by quickselect: mean, fewest and most over several orders, since luck with the pivots
    /// matters.
    pub select: (f64, f64, f64),
    /// All in order, by merging.
    pub sort: usize,
}

/// Orders that selecting is tried on.
pub(crate) const ORDERS: usize = 15;

/// Counted on random orders of `vocab` logits; only the order matters to a comparison.
pub(crate) fn comparisons(vocab: usize, k: usize, seed: u64) -> Comparisons {
    let mut logits: Vec<u32> = (0..vocab as u32).collect();
    let mut rng = rng(seed, "Q7 sorting");
    let selected: Vec<f64> = (0..ORDERS)
        .map(|_| {
            logits.shuffle(&mut rng);
            select(&mut logits.clone(), k.min(vocab)) as f64
        })
        .collect();
    let ends = (
        selected.iter().copied().fold(f64::INFINITY, f64::min),
        selected.iter().copied().fold(0.0, f64::max),
    );
    let select = (mean(&selected), ends.0, ends.1);
    Comparisons { argmax: vocab.saturating_sub(1), select, sort: merge_sort(&mut logits) }
}

/// Tokens of a large vocabulary, the last that is measured.
pub(crate) const LARGE: usize = 128_256;
/// How many are to be selected.
pub(crate) const SELECTED: usize = 50;

/// Counted for vocabularies up to [`LARGE`].
pub(crate) fn by_size(seed: u64) -> Vec<(usize, Comparisons)> {
    let sizes = [1_000, 4_000, 16_000, 32_000, 64_000, LARGE];
    sizes.map(|size| (size, comparisons(size, SELECTED, seed))).into()
}

/// Quickselect with the median of three as pivot: the `k` largest come first.
fn select(logits: &mut [u32], k: usize) -> usize {
    let (mut low, mut high, mut count) = (0, logits.len(), 0);
    while high - low > 1 && k > low && k < high {
        let mut three = [logits[low], logits[(low + high) / 2], logits[high - 1]];
        three.sort_unstable();
        count += 3;
        let pivot = three[1];
        // Larger ones to the front, the pivot behind them.
        let mut place = low;
        let mut pivot_at = low;
        for i in low..high {
            count += 1;
            if logits[i] > pivot {
                logits.swap(i, place);
                if pivot_at == place {
                    pivot_at = i;
                }
                place += 1;
            } else if logits[i] == pivot {
                pivot_at = i;
            }
        }
        logits.swap(pivot_at, place);
        if place >= k {
            high = place;
        } else {
            low = place + 1;
        }
    }
    count
}

/// Merges runs of 1, 2, 4, …, the largest first.
fn merge_sort(logits: &mut Vec<u32>) -> usize {
    let mut count = 0;
    let mut width = 1;
    while width < logits.len() {
        let mut merged = Vec::with_capacity(logits.len());
        for pair in logits.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (left, right) {
                count += 1;
                if a >= b {
                    merged.push(*a);
                    left = rest_a;
                } else {
                    merged.push(*b);
                    right = rest_b;
                }
            }
            merged.extend(left.iter().chain(right));
        }
        *logits = merged;
        width *= 2;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_algorithms_do_what_is_counted() {
        for vocab in [1usize, 2, 3, 10, 257, 1000] {
            let mut logits: Vec<u32> = (0..vocab as u32).collect();
            logits.shuffle(&mut rng(vocab as u64, "sorting test"));
            let mut sorted = logits.clone();
            let count = merge_sort(&mut sorted);
            assert!(sorted.is_sorted_by(|a, b| a >= b));
            assert!(count <= vocab * (vocab.ilog2() as usize + 1));
            for k in [1, vocab / 2, vocab] {
                let mut selected = logits.clone();
                select(&mut selected, k);
                let mut front = selected[..k].to_vec();
                front.sort_unstable_by(|a, b| b.cmp(a));
                assert_eq!(front, sorted[..k], "{k} of {vocab}");
            }
        }
    }
}
