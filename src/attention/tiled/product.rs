//! The two matrix products of a tile, kept in registers as long as possible.
//!
//! Both have the same shape. A vector runs along the *queries* of the block, so that a row of the
//! result belongs to one key (of the scores) or one feature (of the output), and one number of `K` or
//! of `V` is broadcast to all queries. Neither `K` nor `V` has to be rearranged for that.

use pulp::Simd;

use super::{Lanes, VECTORS};

/// `S = K Q`: the scores of a tile, one row a key.
///
/// # Shapes
/// `keys (rows, d_k)`, `queries (d_k, block)` → `scores (rows, block)`
#[inline(always)]
pub(super) fn scores<S: Simd>(simd: S, keys: &[f32], queries: &[Lanes<S>], scores: &mut [Lanes<S>]) {
    let d_k = queries.len();
    let mut done = 0;
    // As many rows at once as leave a register for each sum; then the rest in smaller steps.
    if S::REGISTER_COUNT >= 32 {
        while scores.len() - done >= 12 {
            score_rows::<S, 12>(simd, &keys[done * d_k..], queries, &mut scores[done..]);
            done += 12;
        }
    }
    while scores.len() - done >= 4 {
        score_rows::<S, 4>(simd, &keys[done * d_k..], queries, &mut scores[done..]);
        done += 4;
    }
    while done < scores.len() {
        score_rows::<S, 1>(simd, &keys[done * d_k..], queries, &mut scores[done..]);
        done += 1;
    }
}

/// `ROWS` rows of the scores: the sums stay in registers over all of `d_k`.
#[inline(always)]
fn score_rows<S: Simd, const ROWS: usize>(
    simd: S,
    keys: &[f32],
    queries: &[Lanes<S>],
    scores: &mut [Lanes<S>],
) {
    let d_k = queries.len();
    let mut rows: [&[f32]; ROWS] = [&[]; ROWS];
    for r in 0..ROWS {
        rows[r] = &keys[r * d_k..][..d_k];
    }
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    for (feature, query) in queries.iter().enumerate() {
        for r in 0..ROWS {
            let key = simd.splat_f32s(rows[r][feature]);
            for c in 0..VECTORS {
                sums[r][c] = simd.mul_add_e_f32s(key, query[c], sums[r][c]);
            }
        }
    }
    scores[..ROWS].copy_from_slice(&sums);
}

/// `O ← α O + V P`: adds the values of a tile to the output, one row a feature.
///
/// # Shapes
/// `values (rows, d_v)`, `weights (rows, block)`, `alpha (block)` → `output (d_v, block)`
#[inline(always)]
pub(super) fn add_values<S: Simd>(
    simd: S,
    values: &[f32],
    weights: &[Lanes<S>],
    alpha: Lanes<S>,
    output: &mut [Lanes<S>],
) {
    let mut done = 0;
    if S::REGISTER_COUNT >= 32 {
        while output.len() - done >= 12 {
            value_rows::<S, 12>(simd, values, weights, alpha, output, done);
            done += 12;
        }
    }
    while output.len() - done >= 4 {
        value_rows::<S, 4>(simd, values, weights, alpha, output, done);
        done += 4;
    }
    while done < output.len() {
        value_rows::<S, 1>(simd, values, weights, alpha, output, done);
        done += 1;
    }
}

/// `ROWS` features of the output, from feature `first`: the sums stay in registers over all keys of
/// the tile.
#[inline(always)]
fn value_rows<S: Simd, const ROWS: usize>(
    simd: S,
    values: &[f32],
    weights: &[Lanes<S>],
    alpha: Lanes<S>,
    output: &mut [Lanes<S>],
    first: usize,
) {
    let d_v = output.len();
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    for (value, weight) in values.chunks_exact(d_v).zip(weights) {
        let value = &value[first..][..ROWS];
        for r in 0..ROWS {
            let feature = simd.splat_f32s(value[r]);
            for c in 0..VECTORS {
                sums[r][c] = simd.mul_add_e_f32s(feature, weight[c], sums[r][c]);
            }
        }
    }
    for (out, sum) in output[first..][..ROWS].iter_mut().zip(&sums) {
        for c in 0..VECTORS {
            out[c] = simd.mul_add_e_f32s(out[c], alpha[c], sum[c]);
        }
    }
}
