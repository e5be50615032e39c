//! A key/value head with one query or a few: vectors run along the features.

use pulp::{Simd, WithSimd};

use super::TILE;
use super::element::CacheElement;
use super::head::{Head, scale};
use super::rows::{add_values, scores};
use crate::attention::tiled::parts::{Aligned, exp2};

/// All keys of one key/value head for the queries of its group.
pub(super) struct Few<'a, T>(pub(super) Head<'a, T>);

/// What is kept of each query while the keys pass by.
#[derive(Clone, Copy)]
struct Running {
    /// Largest score so far (in units of `ln 2`).
    max: f32,
    /// Sum of the weights so far, relative to `max`.
    sum: f32,
}

impl<T: CacheElement> WithSimd for Few<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Few(Head { q, k, v, out, d_k, d_v }) = self;
        let scaled: Vec<f32> = q.iter().map(|x| x * scale(d_k)).collect();
        let mut room = Aligned::zeros(T::COPIES * T::STEP * d_k.max(d_v));
        let room = room.as_mut_slice();
        let mut weights = Aligned::zeros(TILE * (q.len() / d_k));
        let weights = weights.as_mut_slice();
        // The smallest *finite* number: −∞ − (−∞) would be NaN.
        let mut running = vec![Running { max: f32::MIN, sum: 0.0 }; q.len() / d_k];
        for (k, v) in k.chunks(TILE * d_k).zip(v.chunks(TILE * d_v)) {
            // What is beyond the last key gets no weight.
            weights.fill(f32::NEG_INFINITY);
            for (first, k) in (0..).step_by(T::STEP).zip(k.chunks(T::STEP * d_k)) {
                let k = T::widen(k, room);
                for (query, weights) in scaled.chunks_exact(d_k).zip(weights.chunks_exact_mut(TILE)) {
                    scores(simd, k, query, &mut weights[first..][..k.len() / d_k]);
                }
            }
            let queries = weights.chunks_exact_mut(TILE).zip(&mut running);
            for ((weights, running), out) in queries.zip(out.chunks_exact_mut(d_v)) {
                let alpha = running.update(simd, weights);
                if alpha != 1.0 {
                    out.iter_mut().for_each(|x| *x *= alpha);
                }
            }
            for (first, v) in (0..).step_by(T::STEP).zip(v.chunks(T::STEP * d_v)) {
                let v = T::widen(v, room);
                for (weights, out) in weights.chunks_exact(TILE).zip(out.chunks_exact_mut(d_v)) {
                    add_values(simd, v, &weights[first..][..v.len() / d_v], out);
                }
            }
        }
        for (out, running) in out.chunks_exact_mut(d_v).zip(running) {
            // Scores that overflow may leave no weight at all: then 0 · ∞ is NaN, for `repair`.
            let inverse = 1.0 / running.sum;
            out.iter_mut().for_each(|x| *x *= inverse);
        }
    }
}

impl Running {
    /// Turns the scores of a tile into weights and returns `α`, by which what was summed before has to
    /// shrink.
    #[inline(always)]
    fn update<S: Simd>(&mut self, simd: S, scores: &mut [f32]) -> f32 {
        // A tile is a whole number of vectors.
        let (scores, _) = S::as_mut_simd_f32s(scores);
        let largest = scores.iter().fold(simd.splat_f32s(self.max), |max, &x| simd.max_f32s(max, x));
        let max = simd.reduce_max_f32s(largest);
        let mut sum = simd.splat_f32s(0.0);
        for x in scores {
            *x = exp2(simd, simd.sub_f32s(*x, simd.splat_f32s(max)));
            sum = simd.add_f32s(sum, *x);
        }
        let alpha = simd.reduce_max_f32s(exp2(simd, simd.splat_f32s(self.max - max)));
        *self = Running { max, sum: self.sum * alpha + simd.reduce_sum_f32s(sum) };
        alpha
    }
}
