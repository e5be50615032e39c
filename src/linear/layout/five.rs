//! `Q5_0` and `Q5_1`: scales, 32 fifth bits in 4 bytes, and 32 numbers of 4 bits in 16 bytes.

use super::nibbles::nibbles;
use super::{Layout, PART, leading_pairs, leading_scales};

pub(super) const BYTES_0: usize = 22;
pub(super) const BYTES_1: usize = 24;

pub(super) struct Centred;
pub(super) struct AboveMinimum;

impl Layout<BYTES_0> for Centred {
    #[inline(always)]
    fn numbers(block: &[u8; BYTES_0], _: usize, q: &mut [f32; PART]) {
        let mut whole = [0; PART];
        fives(&block[2..], &mut whole);
        for i in 0..PART {
            q[i] = (whole[i] - 16) as f32;
        }
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_0]], d: &mut [f32], _: &mut [f32]) {
        leading_scales(blocks, d);
    }
}

impl Layout<BYTES_1> for AboveMinimum {
    const MINIMA: bool = true;

    #[inline(always)]
    fn numbers(block: &[u8; BYTES_1], _: usize, q: &mut [f32; PART]) {
        let mut whole = [0; PART];
        fives(&block[4..], &mut whole);
        for i in 0..PART {
            q[i] = whole[i] as f32;
        }
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_1]], d: &mut [f32], m: &mut [f32]) {
        leading_pairs(blocks, d, m);
    }
}

/// Four bytes of fifth bits and sixteen bytes of the others.
#[inline(always)]
fn fives(packed: &[u8], q: &mut [i32; PART]) {
    let high = u32::from_le_bytes([packed[0], packed[1], packed[2], packed[3]]);
    nibbles(&packed[4..], q);
    for i in 0..PART {
        q[i] |= ((high >> i & 1) << 4).cast_signed();
    }
}
