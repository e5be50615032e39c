//! `Q4_0` and `Q4_1`: scales, and 32 numbers of 4 bits in 16 bytes.

use super::{Layout, PART, leading_pairs, leading_scales};

pub(super) const BYTES_0: usize = 18;
pub(super) const BYTES_1: usize = 20;

pub(super) struct Centred;
pub(super) struct AboveMinimum;

impl Layout<BYTES_0> for Centred {
    #[inline(always)]
    fn numbers(block: &[u8; BYTES_0], _: usize, q: &mut [f32; PART]) {
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
    fn numbers(block: &[u8; BYTES_1], _: usize, q: &mut [f32; PART]) {
        nibbles(&block[4..], 0, q);
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES_1]], d: &mut [f32], m: &mut [f32]) {
        leading_pairs(blocks, d, m);
    }
}

/// The lower halves of 16 bytes, then the upper ones, less `centre`. By eights: each becomes one vector on most
/// processors, and is widened once for both halves.
#[inline(always)]
pub(super) fn nibbles(packed: &[u8], centre: i32, q: &mut [f32; PART]) {
    let (eights, _) = packed.as_chunks::<8>();
    for c in 0..2 {
        let mut wide = [0; 8];
        for l in 0..8 {
            wide[l] = i32::from(eights[c][l]);
        }
        for l in 0..8 {
            q[8 * c + l] = ((wide[l] & 15) - centre) as f32;
        }
        for l in 0..8 {
            q[16 + 8 * c + l] = ((wide[l] >> 4) - centre) as f32;
        }
    }
}
