use pulp::{Simd, WithSimd};

use super::block::{BLOCK, blocks};

/// One pass over the logits, with the largest of each block.
pub(super) struct Scan<'a> {
    /// `(V)`, at least one
    pub(super) logits: &'a [f32],
    /// `(⌈V / BLOCK⌉)`
    pub(super) maxima: &'a mut [f32],
}

/// What the pass saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) max: f32,
    pub(super) min: f32,
    /// No NaN and no +∞.
    pub(super) fine: bool,
}

impl WithSimd for Scan<'_> {
    type Output = Extent;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Extent {
        let infinity = simd.splat_f32s(f32::INFINITY);
        let (mut lowest, mut wrong) = (infinity, simd.splat_f32s(0.0));
        let mut max = f32::NEG_INFINITY;
        // Filled up with a logit of the same row: that changes nothing.
        let (full, last) = blocks(self.logits, self.logits[self.logits.len() - 1]);
        for (block, largest) in full.iter().chain(last.as_ref()).zip(self.maxima) {
            let (vectors, _) = S::as_simd_f32s(block);
            let (mut high, mut low) = (vectors[0], vectors[0]);
            // Is every number below +∞? Not so for a NaN.
            let mut fine = simd.less_than_f32s(vectors[0], infinity);
            for &vector in &vectors[1..] {
                high = simd.max_f32s(high, vector);
                low = simd.min_f32s(low, vector);
                fine = simd.and_m32s(fine, simd.less_than_f32s(vector, infinity));
            }
            lowest = simd.min_f32s(lowest, low);
            wrong = simd.select_f32s(fine, wrong, simd.splat_f32s(1.0));
            *largest = simd.reduce_max_f32s(high);
            max = max.max(*largest);
        }
        Extent { max, min: simd.reduce_min_f32s(lowest), fine: simd.reduce_max_f32s(wrong) == 0.0 }
    }
}

/// The first place of the largest logit, given the maxima of the blocks.
pub(super) fn first_largest(logits: &[f32], maxima: &[f32], max: f32) -> u32 {
    let block = maxima.iter().position(|&largest| largest == max).unwrap_or(0);
    let inside = logits[block * BLOCK..].iter().position(|&logit| logit == max).unwrap_or(0);
    (block * BLOCK + inside) as u32
}
