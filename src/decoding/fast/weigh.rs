use pulp::{Simd, WithSimd};

use super::block::{BLOCK, blocks};
use crate::numerics::exp2;

/// How logits become weights, `w = e^((l − m) / t) = 2^((l − m) · scale)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    max: f32,
    scale: f32,
}

impl Weight {
    /// `max` is the largest logit, `temperature` is positive.
    pub(super) fn new(max: f32, temperature: f64) -> Self {
        // Within the range of `f32`: `keep` looks at that first.
        Self { max, scale: (std::f64::consts::LOG2_E / temperature) as f32 }
    }

    /// The weights, given by how much the logits are below the largest.
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, below: S::f32s) -> S::f32s {
        exp2(simd, simd.mul_f32s(below, simd.splat_f32s(-self.scale)))
    }
}

/// Weights of all logits that are at least `threshold`, 0 for the others; and the sum of each block.
pub(super) struct Weigh<'a> {
    /// `(V)`
    pub(super) logits: &'a [f32],
    pub(super) weight: Weight,
    pub(super) threshold: f32,
    /// `(V)`, filled up to full blocks
    pub(super) weights: &'a mut [f32],
    /// `(⌈V / BLOCK⌉)`
    pub(super) sums: &'a mut [f32],
}

impl WithSimd for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let zero = simd.splat_f32s(0.0);
        let threshold = simd.splat_f32s(self.threshold);
        let max = simd.splat_f32s(self.weight.max);
        let (full, last) = blocks(self.logits, f32::NEG_INFINITY);
        let outputs = self.weights.as_chunks_mut::<BLOCK>().0.iter_mut().zip(self.sums);
        for (block, (weights, sum)) in full.iter().chain(last.as_ref()).zip(outputs) {
            let mut total = zero;
            for (&logit, weight) in S::as_simd_f32s(block).0.iter().zip(S::as_mut_simd_f32s(weights).0) {
                let all = self.weight.of(simd, simd.sub_f32s(max, logit));
                *weight = simd.select_f32s(simd.greater_than_or_equal_f32s(logit, threshold), all, zero);
                total = simd.add_f32s(total, *weight);
            }
            *sum = simd.reduce_sum_f32s(total);
        }
    }
}

/// Number of buckets that the logits are spread over.
pub(super) const BUCKETS: usize = 1024;

/// Adding `2²³` rounds a number that is not negative to an integer, and the last bits of the sum are it.
const TO_INTEGER: f32 = 8_388_608.0;

/// Weights of all logits, and the bucket of each. Bucket 0 holds the largest logit, and a larger logit is
/// never in a later bucket: subtraction, product and rounding are monotone.
pub(super) struct Place<'a> {
    /// `(V)`
    pub(super) logits: &'a [f32],
    pub(super) weight: Weight,
    /// Buckets for each unit by which a logit is below the largest; positive and finite.
    pub(super) density: f32,
    /// `(V)`, filled up to full blocks
    pub(super) weights: &'a mut [f32],
    /// `(V)`, filled up to full blocks
    pub(super) buckets: &'a mut [u32],
}

impl WithSimd for Place<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let max = simd.splat_f32s(self.weight.max);
        let density = simd.splat_f32s(self.density);
        let end = simd.splat_f32s((BUCKETS - 1) as f32);
        let to_integer = simd.splat_f32s(TO_INTEGER);
        let bits = simd.splat_u32s(BUCKETS as u32 - 1);
        let (full, last) = blocks(self.logits, f32::NEG_INFINITY);
        let weights = self.weights.as_chunks_mut::<BLOCK>().0;
        let outputs = weights.iter_mut().zip(self.buckets.as_chunks_mut::<BLOCK>().0);
        for (block, (weights, buckets)) in full.iter().chain(last.as_ref()).zip(outputs) {
            let outputs = S::as_mut_simd_f32s(weights).0.iter_mut().zip(S::as_mut_simd_u32s(buckets).0);
            for (&logit, (weight, bucket)) in S::as_simd_f32s(block).0.iter().zip(outputs) {
                let below = simd.sub_f32s(max, logit);
                *weight = self.weight.of(simd, below);
                let place = simd.min_f32s(simd.mul_f32s(below, density), end);
                let rounded = simd.transmute_u32s_f32s(simd.add_f32s(place, to_integer));
                *bucket = simd.and_u32s(rounded, bits);
            }
        }
    }
}
