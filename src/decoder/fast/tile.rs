//! Attention of some queries of one key/value head, tile by tile with an online softmax.
//!
//! The queries of all heads that share the key/value head, and of several tokens, lie below each other: a tile of keys
//! and values is read once for all of them.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::cache::{FastCache, Side};
use crate::linear::{Threads, products, turned};
use crate::numerics::{Scratch, exp2};

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
    sums: Scratch,
    max: Vec<f32>,
    weight: Vec<f32>,
}

impl Running {
    fn new(queries: usize, stride: usize) -> Running {
        let (max, weight) = (vec![f32::MIN; queries], vec![0.0; queries]);
        Running { sums: Scratch::zeros(queries * stride), max, weight }
    }
}

impl WithSimd for Tile<'_> {
    /// `(tokens, group, head_dim)`
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let stride = self.head_dim.next_multiple_of(WIDE);
        let queries = self.packed(stride);
        let turned = turned::<S>(&queries, stride, Threads::One);
        let n = queries.len() / stride;
        let mut running = Running::new(n, stride);
        let mut scores = Scratch::new(n * KEYS);
        // What is behind a head stays 0; what is behind the last key gets no weight.
        let mut kept = Scratch::zeros(2 * KEYS * stride);
        let (keys, values) = kept.split_at_mut(KEYS * stride);
        let start = self.seen.iter().copied().min().unwrap_or(0);
        for first in (start..self.positions.end).step_by(KEYS) {
            let tile = first..(first + KEYS).min(self.positions.end);
            self.cache.read(self.layer, Side::Keys, self.head, tile.clone(), stride, keys);
            self.cache.read(self.layer, Side::Values, self.head, tile.clone(), stride, values);
            let width = tile.len().next_multiple_of(WIDE);
            let scores = &mut scores[..n * width];
            let queries = [&queries[..], &turned];
            self::scores(stride, queries, &keys[..width * stride], scores);
            self.hide(&tile, scores);
            soften(simd, scores, stride, &mut running);
            add(simd, tile.len(), values, scores, &mut running.sums, stride);
        }
        self.unpacked(&running, stride)
    }
}

impl Tile<'_> {
    /// The queries below each other, scaled.
    fn packed(&self, stride: usize) -> Scratch {
        let unit = if self.rule.cap.is_some() { 1.0 } else { LOG2_E };
        let scale = (self.rule.scale * unit) as f32;
        let (d, tokens) = (self.head_dim, self.positions.len());
        let width = self.q.len() / tokens;
        let mut packed = Scratch::zeros(tokens * self.group * stride);
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
        let width = tile.len().next_multiple_of(WIDE);
        for (i, scores) in scores.chunks_exact_mut(width).enumerate() {
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

/// `q kᵀ`, for each query as many as there are keys.
fn scores(stride: usize, queries: [&[f32]; 2], keys: &[f32], scores: &mut [f32]) {
    let mut scores: Vec<&mut [f32]> = scores.chunks_exact_mut(keys.len() / stride).collect();
    products(stride, keys, queries, 0, &mut scores);
}

/// Scores become weights; what was summed before shrinks where a larger score has come.
///
/// # Formula
/// `m' = max(m, max x)`, `o' = o 2^(m − m')`, `l' = l 2^(m − m') + Σ 2^(x − m')`
#[inline(always)]
fn soften<S: Simd>(simd: S, scores: &mut [f32], stride: usize, running: &mut Running) {
    let width = scores.len() / running.max.len();
    let rows = scores.chunks_exact_mut(width).zip(running.sums.chunks_exact_mut(stride));
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

/// Vectors of features, and queries, whose sums stay in registers together: with 32 of them 16 sums, with 16 of them 8.
const COLUMNS: usize = 4;
const MANY: usize = 4;
const SOME: usize = 2;

/// `sums_i += Σ_j weights_ij values_j`
///
/// # Shapes
/// `values (keys, stride)`, `weights (queries, keys)` filled up to whole vectors, `sums (queries, stride)`
#[inline(always)]
fn add<S: Simd>(simd: S, keys: usize, values: &[f32], weights: &[f32], sums: &mut [f32], stride: usize) {
    let width = weights.len() / (sums.len() / stride);
    let mut rest = (weights, sums);
    while !rest.0.is_empty() {
        let n = match rest.0.len() / width {
            left if left >= MANY && S::REGISTER_COUNT >= 32 => MANY,
            left => left.min(SOME),
        };
        let (weights, later_weights) = rest.0.split_at(n * width);
        let (sums, later_sums) = rest.1.split_at_mut(n * stride);
        let values = &values[..keys * stride];
        match n {
            MANY => add_queries::<S, MANY>(simd, stride, values, weights, sums),
            SOME => add_queries::<S, SOME>(simd, stride, values, weights, sums),
            _ => add_queries::<S, 1>(simd, stride, values, weights, sums),
        }
        rest = (later_weights, later_sums);
    }
}

/// `Q` queries, some vectors of features after the others.
#[inline(always)]
fn add_queries<S: Simd, const Q: usize>(
    simd: S,
    stride: usize,
    values: &[f32],
    weights: &[f32],
    sums: &mut [f32],
) {
    let vectors = stride / S::F32_LANES;
    let mut first = 0;
    while first < vectors {
        let column = first * S::F32_LANES;
        first += match vectors - first {
            left if left >= COLUMNS => {
                add_columns::<S, Q, COLUMNS>(simd, column, stride, values, weights, sums)
            }
            left if left >= 2 => add_columns::<S, Q, 2>(simd, column, stride, values, weights, sums),
            _ => add_columns::<S, Q, 1>(simd, column, stride, values, weights, sums),
        };
    }
}

/// `C` vectors of the sums of `Q` queries stay in registers over all keys; how many vectors these were.
#[inline(always)]
fn add_columns<S: Simd, const Q: usize, const C: usize>(
    simd: S,
    column: usize,
    stride: usize,
    values: &[f32],
    weights: &[f32],
    sums: &mut [f32],
) -> usize {
    let keys = values.len() / stride;
    let mut each: [&[f32]; Q] = [&[]; Q];
    for q in 0..Q {
        each[q] = &weights[q * (weights.len() / Q)..][..keys];
    }
    let mut kept = [[simd.splat_f32s(0.0); C]; Q];
    for (j, value) in values.chunks_exact(stride).enumerate() {
        let (value, _) = S::as_simd_f32s(&value[column..]);
        let value = &value[..C];
        for q in 0..Q {
            let weight = simd.splat_f32s(each[q][j]);
            for c in 0..C {
                kept[q][c] = simd.mul_add_e_f32s(weight, value[c], kept[q][c]);
            }
        }
    }
    for (sums, kept) in sums.chunks_exact_mut(stride).zip(kept) {
        let (sums, _) = S::as_mut_simd_f32s(&mut sums[column..]);
        for c in 0..C {
            sums[c] = simd.add_f32s(sums[c], kept[c]);
        }
    }
    C
}
