use ndarray::{Array2, Axis};

use super::counted_scores;
use crate::numerics::{Tally, Tracked};

/// What one block of queries carries from one block of keys to the next.
struct Running {
    /// The largest score so far, `(rows, 1)`.
    max: Tracked,
    /// Sum of the weights so far, relative to `max`, `(rows, 1)`.
    sum: Tracked,
    /// Weighted sum of the values so far, relative to `max`, `(rows, d_v)`.
    values: Tracked,
}

/// The core of attention in blocks of at most `block` queries and keys, with an online softmax: the
/// same multiply-adds as in one piece, and the same result but for rounding.
///
/// The chain of products is as short as in one piece, 2. The blocks of keys are tied together by
/// elementwise work alone (the running maximum and its rescaling), which the tally does not count.
///
/// # Formula
/// per block of keys: `m' = max(m, rowmax S)`; `P = exp(S − m')`; `c = exp(m − m')`;
/// `ℓ ← c ℓ + rowsum P`; `O ← c O + P V`; `m ← m'`; at the end `O / ℓ`
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)` → `(n_q, d_v)`
///
/// # Panics
/// If `block` is 0, there are no queries, or the shapes do not fit.
///
/// # Reference
/// Milakov & Gimelshein 2018, *Online normalizer calculation for softmax*; Dao et al. 2022.
pub fn counted_tiled(tally: &mut Tally, q: &Tracked, k: &Tracked, v: &Tracked, block: usize) -> Tracked {
    let parts: Vec<Tracked> = (0..q.nrows())
        .step_by(block)
        .map(|start| {
            let q_block = q.rows(start..q.nrows().min(start + block));
            query_block(tally, &q_block, k, v, block)
        })
        .collect();
    Tracked::stack(&parts.iter().collect::<Vec<_>>())
}

/// All keys, block by block, for one block of queries.
fn query_block(tally: &mut Tally, q: &Tracked, k: &Tracked, v: &Tracked, block: usize) -> Tracked {
    let rows = q.nrows();
    let mut running = Running {
        max: Tracked::input(Array2::from_elem((rows, 1), f64::NEG_INFINITY)),
        sum: Tracked::input(Array2::zeros((rows, 1))),
        values: Tracked::input(Array2::zeros((rows, v.ncols()))),
    };
    for start in (0..k.nrows()).step_by(block) {
        let range = start..k.nrows().min(start + block);
        running = step(tally, q, &k.rows(range.clone()), &v.rows(range), &running);
    }
    running.values.zip(&running.sum, |values, sum| values / sum)
}

/// One block of keys.
fn step(tally: &mut Tally, q: &Tracked, k: &Tracked, v: &Tracked, before: &Running) -> Running {
    // (rows, block)
    let scores = counted_scores(tally, q, k);
    // (rows, 1)
    let max = scores.zip(&before.max, |scores, max| {
        let here = scores.fold_axis(Axis(1), f64::NEG_INFINITY, |a, &b| a.max(b)).insert_axis(Axis(1));
        ndarray::Zip::from(&here).and(max).map_collect(|&a, &b| a.max(b))
    });
    // (rows, block)
    let weights = scores.zip(&max, |scores, max| (scores - max).mapv_into(libm::exp));
    // (rows, 1): what was summed up relative to the old maximum shrinks to the new one.
    let shrink = before.max.zip(&max, |old, new| (old - new).mapv_into(libm::exp));
    // (rows, 1)
    let sum = before
        .sum
        .zip(&shrink, |sum, shrink| sum * shrink)
        .zip(&weights, |sum, weights| sum + &weights.sum_axis(Axis(1)).insert_axis(Axis(1)));
    // (rows, block) · (block, d_v) → (rows, d_v)
    let here = tally.product(&weights, v);
    let values =
        before.values.zip(&shrink, |values, shrink| values * shrink).zip(&here, |values, here| values + here);
    Running { max, sum, values }
}
