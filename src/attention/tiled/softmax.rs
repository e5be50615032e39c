//! The online softmax of a tile: the fast twin of `OnlineSoftmax::push`.

use pulp::Simd;

use super::{Lanes, VECTORS};
use crate::numerics::exp2;

/// What is kept of each query of a block while the keys pass by.
pub(in crate::attention) struct Running<S: Simd> {
    /// Largest score so far (in units of `ln 2`).
    pub(in crate::attention) max: Lanes<S>,
    /// Sum of the weights so far, relative to `max`.
    pub(in crate::attention) sum: Lanes<S>,
}

impl<S: Simd> Running<S> {
    /// Nothing seen yet. The maximum starts at the smallest *finite* number: −∞ − (−∞) would be NaN.
    #[inline(always)]
    pub(in crate::attention) fn new(simd: S) -> Self {
        Self { max: [simd.splat_f32s(f32::MIN); VECTORS], sum: [simd.splat_f32s(0.0); VECTORS] }
    }

    /// Turns the scores of a tile into weights and returns `α`, by which what was summed before has
    /// to shrink.
    ///
    /// # Formula
    /// `m' = max(m, max x)`, `α = 2^(m − m')`, `p = 2^(x − m')`, `l' = α l + Σ p`
    #[inline(always)]
    pub(in crate::attention) fn update(&mut self, simd: S, scores: &mut [Lanes<S>]) -> Lanes<S> {
        let max = largest(simd, scores, self.max);
        let mut sum = [simd.splat_f32s(0.0); VECTORS];
        for row in scores.iter_mut() {
            for c in 0..VECTORS {
                row[c] = exp2(simd, simd.sub_f32s(row[c], max[c]));
                sum[c] = simd.add_f32s(sum[c], row[c]);
            }
        }
        let mut alpha = sum;
        for c in 0..VECTORS {
            alpha[c] = exp2(simd, simd.sub_f32s(self.max[c], max[c]));
            self.sum[c] = simd.mul_add_e_f32s(self.sum[c], alpha[c], sum[c]);
        }
        self.max = max;
        alpha
    }
}

/// The largest score of each query. Four rows are compared before they meet the running maximum,
/// which would otherwise be a chain of dependent instructions.
#[inline(always)]
fn largest<S: Simd>(simd: S, scores: &[Lanes<S>], mut max: Lanes<S>) -> Lanes<S> {
    let mut fours = scores.chunks_exact(4);
    for four in &mut fours {
        for c in 0..VECTORS {
            let left = simd.max_f32s(four[0][c], four[1][c]);
            let right = simd.max_f32s(four[2][c], four[3][c]);
            max[c] = simd.max_f32s(max[c], simd.max_f32s(left, right));
        }
    }
    for row in fours.remainder() {
        for c in 0..VECTORS {
            max[c] = simd.max_f32s(max[c], row[c]);
        }
    }
    max
}
