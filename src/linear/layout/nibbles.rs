//! `Q4_0` and `Q4_1`: scales, and 32 numbers of 4 bits in 16 bytes.

use super::{Layout, PART, leading_pairs, leading_scales};

pub(super) const BYTES_0: usize = 18;
pub(super) const BYTES_1: usize = 20;

pub(super) struct Centred;
pub(super) struct AboveMinimum;

impl Layout<BYTES_0> for Centred {
    #[inline(always)]
    fn whole(block: &[u8; BYTES_0], _: usize, q: &mut [i16; PART]) {
        nibbles(&block[2..], 8, q);
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_0]], d: &mut [f32], _: &mut [f32]) {
        leading_scales(blocks, d);
    }
}

impl Layout<BYTES_1> for AboveMinimum {
    const MINIMA: bool = true;

    #[inline(always)]
    fn whole(block: &[u8; BYTES_1], _: usize, q: &mut [i16; PART]) {
        nibbles(&block[4..], 0, q);
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_1]], d: &mut [f32], m: &mut [f32]) {
        leading_pairs(blocks, d, m);
    }
}

/// The lower halves of 16 bytes, then the upper ones, less `centre`.
#[inline(always)]
pub(super) fn nibbles(packed: &[u8], centre: i16, q: &mut [i16; PART]) {
    let packed = &packed[..16];
    for i in 0..16 {
        q[i] = i16::from(packed[i] & 15) - centre;
    }
    for i in 0..16 {
        q[16 + i] = i16::from(packed[i] >> 4) - centre;
    }
}
