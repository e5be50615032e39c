//! `Q6_K`: 256 numbers of 6 bits, a scale of 8 bits for 16 of them, and a scale for all.

use super::{Layout, PART};
use crate::linear::half::{raised, upper_half};

pub(super) const BYTES: usize = 210;

const PARTS: usize = 8;

pub(super) struct SuperSix;

impl Layout<BYTES> for SuperSix {
    const PARTS: usize = PARTS;

    /// A part has two scales of its own, so they go into the numbers: 32 · 128 at most, exact in `f32`.
    #[inline(always)]
    fn numbers(block: &[u8; BYTES], part: usize) -> [f32; PART] {
        let (half, k) = (part / 4, part % 4);
        let low = &block[64 * half + 32 * (k % 2)..][..PART];
        let high = &block[128 + 32 * half..][..PART];
        let (low_shift, high_shift) = (k / 2 * 4, 2 * k);
        let q: [i32; PART] = std::array::from_fn(|i| {
            i32::from((low[i] >> low_shift & 15) | (high[i] >> high_shift & 3) << 4) - 32
        });
        let scales = [0, 1].map(|group| i32::from(block[192 + 2 * part + group].cast_signed()));
        std::array::from_fn(|i| (q[i] * scales[i / 16]) as f32)
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES]], d: &mut [f32], _: &mut [f32]) {
        for (block, d) in blocks.iter().zip(d.as_chunks_mut::<PARTS>().0) {
            *d = [upper_half(raised(block[208], block[209])); PARTS];
        }
    }
}
