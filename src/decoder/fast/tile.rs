//! Attention of some queries of one key/value head, tile by tile with an online softmax.
//!
//! The queries of all heads that share the key/value head, and of several tokens, lie below each other: a tile of keys
//! and values is read once for all of them.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::cache::{FastCache, Side};
use crate::linear::products;
use crate::numerics::exp2;

/// Keys of a tile.
const KEYS: usize = 64;

/// Rows are filled up to a multiple of this: a whole number of the widest vectors.
const WIDE: usize = 16;

/// Scores in units of `ln 2` are ready for `2^x`.
const LOG2_E: f64 = std::f64::consts::LOG2_E;

/// What differs from layer to layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) scale: f64,
    pub(super) cap: Option<f64>,
}

/// Some tokens of one text and one key/value head.
pub(super) struct Tile<'a> {
    /// Their rows of the queries, `(tokens, heads · head_dim)`.
    pub(super) q: &'a [f32],
    pub(super) cache: &'a FastCache,
    pub(super) layer: usize,
    /// The key/value head, and how many query heads read it.
    pub(super) head: usize,
    pub(super) group: usize,
    pub(super) head_dim: usize,
    /// Where the tokens stand in their text.
    pub(super) positions: Range<usize>,
    /// The first place that each of them sees.
    pub(super) seen: &'a [usize],
    pub(super) rule: Rule,
}

/// What is kept of the queries while the keys pass by.
struct Running {
    /// `(queries, stride)`
    sums: Vec<f32>,
    max: Vec<f32>,
    weight: Vec<f32>,
}

impl WithSimd for Tile<'_> {
    /// `(tokens, group, head_dim)`
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let stride = self.head_dim.next_multiple_of(WIDE);
        let queries = self.packed(stride);
        let n = queries.len() / stride;
        let mut running =
            Running { sums: vec![0.0; n * stride], max: vec![f32::MIN; n], weight: vec![0.0; n] };
        let mut scores = vec![0.0; n * KEYS];
        let [mut keys, mut values] = [vec![0.0; KEYS * stride], vec![0.0; KEYS * stride]];
        let start = self.seen.iter().copied().min().unwrap_or(0);
        for first in (start..self.positions.end).step_by(KEYS) {
            let tile = first..(first + KEYS).min(self.positions.end);
            self.cache.read(self.layer, Side::Keys, self.head, tile.clone(), stride, &mut keys);
            self.cache.read(self.layer, Side::Values, self.head, tile.clone(), stride, &mut values);
            products(simd, stride, &queries, &keys, &mut scores);
            self.hide(&tile, &mut scores);
            soften(simd, &mut scores, stride, &mut running);
            for (sums, weights) in running.sums.chunks_exact_mut(stride).zip(scores.chunks_exact(KEYS)) {
                add(simd, &values, &weights[..tile.len()], sums);
            }
        }
        self.unpacked(&running, stride)
    }
}

impl Tile<'_> {
    /// The queries below each other, scaled.
    fn packed(&self, stride: usize) -> Vec<f32> {
        let unit = if self.rule.cap.is_some() { 1.0 } else { LOG2_E };
        let scale = (self.rule.scale * unit) as f32;
        let (d, tokens) = (self.head_dim, self.positions.len());
        let width = self.q.len() / tokens;
        let mut packed = vec![0.0; tokens * self.group * stride];
        for (i, to) in packed.chunks_exact_mut(stride).enumerate() {
            let head = self.head * self.group + i % self.group;
            let from = &self.q[i / self.group * width + head * d..][..d];
            to.iter_mut().zip(from).for_each(|(to, x)| *to = x * scale);
        }
        packed
    }

    /// Caps the scores, and hides what a query does not see.
    fn hide(&self, tile: &Range<usize>, scores: &mut [f32]) {
        if let Some(cap) = self.rule.cap {
            for score in scores.iter_mut() {
                *score = (LOG2_E * cap * libm::tanh(f64::from(*score) / cap)) as f32;
            }
        }
        for (i, scores) in scores.chunks_exact_mut(KEYS).enumerate() {
            let place = self.positions.start + i / self.group;
            let end = (place + 1).clamp(tile.start, tile.end) - tile.start;
            let start = self.seen[i / self.group].clamp(tile.start, tile.end) - tile.start;
            scores[end..].fill(f32::NEG_INFINITY);
            scores[..start].fill(f32::NEG_INFINITY);
        }
    }

    fn unpacked(&self, running: &Running, stride: usize) -> Vec<f32> {
        let rows = running.sums.chunks_exact(stride).zip(&running.weight);
        rows.flat_map(|(row, weight)| row[..self.head_dim].iter().map(move |x| x / weight)).collect()
    }
}

/// Scores become weights; what was summed before shrinks where a larger score has come.
///
/// # Formula
/// `m' = max(m, max x)`, `o' = o 2^(m − m')`, `l' = l 2^(m − m') + Σ 2^(x − m')`
#[inline(always)]
fn soften<S: Simd>(simd: S, scores: &mut [f32], stride: usize, running: &mut Running) {
    let rows = scores.chunks_exact_mut(KEYS).zip(running.sums.chunks_exact_mut(stride));
    for ((scores, sums), (max, weight)) in rows.zip(running.max.iter_mut().zip(&mut running.weight)) {
        let (scores, _) = S::as_mut_simd_f32s(scores);
        let mut most = simd.splat_f32s(*max);
        for &score in scores.iter() {
            most = simd.max_f32s(most, score);
        }
        let most = simd.reduce_max_f32s(most);
        let mut total = simd.splat_f32s(0.0);
        for score in scores {
            *score = exp2(simd, simd.sub_f32s(*score, simd.splat_f32s(most)));
            total = simd.add_f32s(total, *score);
        }
        let shrink = (*max - most).exp2();
        if shrink != 1.0 {
            let (sums, _) = S::as_mut_simd_f32s(sums);
            for sum in sums {
                *sum = simd.mul_f32s(*sum, simd.splat_f32s(shrink));
            }
        }
        *weight = *weight * shrink + simd.reduce_sum_f32s(total);
        *max = most;
    }
}

/// `sums += Σ_j weights_j values_j`
#[inline(always)]
fn add<S: Simd>(simd: S, values: &[f32], weights: &[f32], sums: &mut [f32]) {
    let stride = sums.len();
    let (sums, _) = S::as_mut_simd_f32s(sums);
    let vectors = sums.len();
    let mut first = 0;
    while first < vectors {
        let columns = &values[first * S::F32_LANES..];
        match vectors - first {
            left if left >= 8 => add_columns::<S, 8>(simd, columns, stride, weights, &mut sums[first..]),
            left if left >= 4 => add_columns::<S, 4>(simd, columns, stride, weights, &mut sums[first..]),
            left if left >= 2 => add_columns::<S, 2>(simd, columns, stride, weights, &mut sums[first..]),
            _ => add_columns::<S, 1>(simd, columns, stride, weights, &mut sums[first..]),
        }
        first += match vectors - first {
            left if left >= 8 => 8,
            left if left >= 4 => 4,
            left => left.min(2),
        };
    }
}

/// `C` vectors of the sums stay in registers over all keys.
#[inline(always)]
fn add_columns<S: Simd, const C: usize>(
    simd: S,
    values: &[f32],
    stride: usize,
    weights: &[f32],
    sums: &mut [S::f32s],
) {
    let mut kept = [simd.splat_f32s(0.0); C];
    kept.copy_from_slice(&sums[..C]);
    for (value, &weight) in values.chunks(stride).zip(weights) {
        let (value, _) = S::as_simd_f32s(value);
        let weight = simd.splat_f32s(weight);
        let value = &value[..C];
        for c in 0..C {
            kept[c] = simd.mul_add_e_f32s(weight, value[c], kept[c]);
        }
    }
    sums[..C].copy_from_slice(&kept);
}
