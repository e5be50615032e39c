//! `Q6_K`: 256 numbers of 6 bits, a scale of 8 bits for 16 of them, and a scale for all.

use super::{Layout, PART};
use crate::linear::half::{raised, upper_half};

pub(super) const BYTES: usize = 210;

const PARTS: usize = 8;

pub(super) struct SuperSix;

impl Layout<BYTES> for SuperSix {
    const PARTS: usize = PARTS;

    /// A part has two scales of its own, so they go into the numbers: 32 · 128 at most.
    #[inline(always)]
    fn whole(block: &[u8; BYTES], part: usize, q: &mut [i16; PART]) {
        let (half, k) = (part / 4, part % 4);
        let low = &block[64 * half + 32 * (k % 2)..][..PART];
        let high = &block[128 + 32 * half..][..PART];
        let (low_shift, high_shift) = (k / 2 * 4, 2 * k);
        let scales = &block[192 + 2 * part..][..2];
        for group in 0..2 {
            let scale = i16::from(scales[group].cast_signed());
            for i in 16 * group..16 * (group + 1) {
                let bits = i16::from(low[i]) >> low_shift & 15 | (i16::from(high[i]) >> high_shift & 3) << 4;
                q[i] = (bits - 32) * scale;
            }
        }
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES]], d: &mut [f32], _: &mut [f32]) {
        for (block, d) in blocks.iter().zip(d.as_chunks_mut::<PARTS>().0) {
            *d = [upper_half(raised(block[208], block[209])); PARTS];
        }
    }
}
