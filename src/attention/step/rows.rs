//! The two products of a tile with a vector along the *features*: for one query or a few.
//!
//! With one query the kernel of many queries would leave most of its lanes empty.

use pulp::Simd;

/// Keys that are multiplied side by side: their sums do not wait for each other.
const KEYS: usize = 8;

/// Vectors of the output that stay in registers over all keys of a step.
const VECTORS: usize = 8;

/// `s = K q`: the scores of one query.
///
/// # Shapes
/// `keys (scores.len(), d_k)`, `query (d_k)` → `scores`
#[inline(always)]
pub(super) fn scores<S: Simd>(simd: S, keys: &[f32], query: &[f32], scores: &mut [f32]) {
    let d_k = query.len();
    let mut groups = scores.chunks_exact_mut(KEYS);
    let mut keys = keys;
    for group in &mut groups {
        let (now, later) = keys.split_at(KEYS * d_k);
        some_scores::<S, KEYS>(simd, now, query, group);
        keys = later;
    }
    for (score, key) in groups.into_remainder().iter_mut().zip(keys.chunks_exact(d_k)) {
        some_scores::<S, 1>(simd, key, query, std::slice::from_mut(score));
    }
}

/// `N` scores: the query is loaded once for all of them.
#[inline(always)]
fn some_scores<S: Simd, const N: usize>(simd: S, keys: &[f32], query: &[f32], scores: &mut [f32]) {
    let d_k = query.len();
    let (wide, tail) = S::as_simd_f32s(query);
    let mut rows: [&[S::f32s]; N] = [&[]; N];
    let mut tails: [&[f32]; N] = [&[]; N];
    for r in 0..N {
        (rows[r], tails[r]) = S::as_simd_f32s(&keys[r * d_k..][..d_k]);
        rows[r] = &rows[r][..wide.len()];
    }
    let mut sums = [simd.splat_f32s(0.0); N];
    for (i, &q) in wide.iter().enumerate() {
        for r in 0..N {
            sums[r] = simd.mul_add_e_f32s(rows[r][i], q, sums[r]);
        }
    }
    for r in 0..N {
        let rest: f32 = tails[r].iter().zip(tail).map(|(k, q)| k * q).sum();
        scores[r] = simd.reduce_sum_f32s(sums[r]) + rest;
    }
}

/// `o ← o + Σⱼ pⱼ vⱼ`: adds a few values to the output of one query.
///
/// # Shapes
/// `values (weights.len(), d_v)`, `output (d_v)`
#[inline(always)]
pub(super) fn add_values<S: Simd>(simd: S, values: &[f32], weights: &[f32], output: &mut [f32]) {
    let d_v = output.len();
    let (wide, tail) = S::as_mut_simd_f32s(output);
    let mut first = 0;
    let mut groups = wide.chunks_exact_mut(VECTORS);
    for group in &mut groups {
        some_values::<S, VECTORS>(simd, values, weights, group, (d_v, first));
        first += VECTORS * S::F32_LANES;
    }
    for vector in groups.into_remainder() {
        some_values::<S, 1>(simd, values, weights, std::slice::from_mut(vector), (d_v, first));
        first += S::F32_LANES;
    }
    for (feature, out) in (first..).zip(tail) {
        let column = values.iter().skip(feature).step_by(d_v);
        *out += column.zip(weights).map(|(v, p)| v * p).sum::<f32>();
    }
}

/// `N` vectors of the output, from feature `first` of `d_v`.
#[inline(always)]
fn some_values<S: Simd, const N: usize>(
    simd: S,
    values: &[f32],
    weights: &[f32],
    output: &mut [S::f32s],
    (d_v, first): (usize, usize),
) {
    let mut sums = [simd.splat_f32s(0.0); N];
    sums.copy_from_slice(&output[..N]);
    for (value, &weight) in values.chunks_exact(d_v).zip(weights) {
        let (value, _) = S::as_simd_f32s(&value[first..][..N * S::F32_LANES]);
        let value = &value[..N];
        let weight = simd.splat_f32s(weight);
        for c in 0..N {
            sums[c] = simd.mul_add_e_f32s(value[c], weight, sums[c]);
        }
    }
    output[..N].copy_from_slice(&sums);
}
