//! The two matrix products of a tile, kept in registers as long as possible.
//!
//! Both have the same shape. A vector runs along the *queries* of the block, so that a row of the
//! result belongs to one key (of the scores) or one feature (of the output), and one number of `K` or
//! of `V` is broadcast to all queries. Neither `K` nor `V` has to be rearranged for that.

use pulp::Simd;

use super::{Lanes, VECTORS};

/// Cuts rows into steps that a microkernel exists for: `(first row, number of rows)`.
///
/// The widest step keeps `rows × VECTORS` sums in registers, next to the vectors that they are made
/// from: 16 of 32 registers, or 12 of 16. More than 16 sums were measured and gain nothing.
fn steps<S: Simd>(rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let widest = if S::REGISTER_COUNT >= 32 { 8 } else { 6 };
    let mut first = 0;
    std::iter::from_fn(move || {
        let step = [widest, 4, 1].into_iter().find(|&step| first + step <= rows)?;
        first += step;
        Some((first - step, step))
    })
}

/// `S = K Q`: the scores of a tile, one row a key.
///
/// # Shapes
/// `keys (rows, d_k)`, `queries (d_k, block)` → `scores (rows, block)`
#[inline(always)]
pub(in crate::attention) fn scores<S: Simd>(
    simd: S,
    keys: &[f32],
    queries: &[Lanes<S>],
    scores: &mut [Lanes<S>],
) {
    let d_k = queries.len();
    for (first, rows) in steps::<S>(scores.len()) {
        let (keys, scores) = (&keys[first * d_k..], &mut scores[first..]);
        match rows {
            8 => score_rows::<S, 8>(simd, keys, queries, scores),
            6 => score_rows::<S, 6>(simd, keys, queries, scores),
            4 => score_rows::<S, 4>(simd, keys, queries, scores),
            _ => score_rows::<S, 1>(simd, keys, queries, scores),
        }
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
pub(in crate::attention) fn add_values<S: Simd>(
    simd: S,
    values: &[f32],
    weights: &[Lanes<S>],
    alpha: Lanes<S>,
    output: &mut [Lanes<S>],
) {
    for (first, rows) in steps::<S>(output.len()) {
        match rows {
            8 => value_rows::<S, 8>(simd, values, weights, alpha, output, first),
            6 => value_rows::<S, 6>(simd, values, weights, alpha, output, first),
            4 => value_rows::<S, 4>(simd, values, weights, alpha, output, first),
            _ => value_rows::<S, 1>(simd, values, weights, alpha, output, first),
        }
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
