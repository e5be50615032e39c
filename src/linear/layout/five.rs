//! `Q5_0` and `Q5_1`: scales, 32 fifth bits in 4 bytes, and 32 numbers of 4 bits in 16 bytes.

use super::nibbles::nibbles;
use super::{Layout, PART, leading_pairs, leading_scales};

pub(super) const BYTES_0: usize = 22;
pub(super) const BYTES_1: usize = 24;

pub(super) struct Centred;
pub(super) struct AboveMinimum;

impl Layout<BYTES_0> for Centred {
    #[inline(always)]
    fn whole(block: &[u8; BYTES_0], _: usize, q: &mut [i16; PART]) {
        fives(&block[2..], 16, q);
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
        fives(&block[4..], 0, q);
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_1]], d: &mut [f32], m: &mut [f32]) {
        leading_pairs(blocks, d, m);
    }
}

/// Four bytes of fifth bits and sixteen bytes of the others, less `centre`.
#[inline(always)]
fn fives(packed: &[u8], centre: i16, q: &mut [i16; PART]) {
    let low = u16::from_le_bytes([packed[0], packed[1]]);
    let high = u16::from_le_bytes([packed[2], packed[3]]);
    nibbles(&packed[4..], centre, q);
    // Each bit is asked for where it is, and not shifted to where it counts: one comparison of sixteen numbers.
    for i in 0..16 {
        q[i] += if low & 1 << i == 0 { 0 } else { 16 };
    }
    for i in 0..16 {
        q[16 + i] += if high & 1 << i == 0 { 0 } else { 16 };
    }
}
