//! `Q8_0`: a scale, and 32 numbers of 8 bits.

use super::{Layout, PART, leading_scales};

pub(super) const BYTES: usize = 34;

pub(super) struct Whole;

impl Layout<BYTES> for Whole {
    #[inline(always)]
    fn whole(block: &[u8; BYTES], _: usize, q: &mut [i16; PART]) {
        for i in 0..PART {
            q[i] = i16::from(block[2 + i].cast_signed());
        }
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES]], d: &mut [f32], _: &mut [f32]) {
        leading_scales(blocks, d);
    }
}
