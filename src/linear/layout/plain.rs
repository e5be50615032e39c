//! Numbers that stand for themselves; a "block" is as many as a part has.

use super::{Layout, PART};
use crate::linear::half::{raised, upper_half};

pub(super) const SINGLE: usize = 4 * PART;
pub(super) const HALF: usize = 2 * PART;

pub(super) struct Single;
pub(super) struct Half;
pub(super) struct Brain;

impl Layout<SINGLE> for Single {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; SINGLE], _: usize, q: &mut [f32; PART]) {
        let (bytes, _) = block.as_chunks();
        for i in 0..PART {
            q[i] = f32::from_le_bytes(bytes[i]);
        }
    }

    #[inline(always)]
    fn scales(_: &[[u8; SINGLE]], _: &mut [f32], _: &mut [f32]) {}
}

impl Layout<HALF> for Half {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; HALF], _: usize, q: &mut [f32; PART]) {
        let (bytes, _) = block.as_chunks::<2>();
        for i in 0..PART {
            q[i] = upper_half(raised(bytes[i][0], bytes[i][1]));
        }
    }

    #[inline(always)]
    fn scales(_: &[[u8; HALF]], _: &mut [f32], _: &mut [f32]) {}
}

impl Layout<HALF> for Brain {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; HALF], _: usize, q: &mut [f32; PART]) {
        let (bytes, _) = block.as_chunks::<2>();
        for i in 0..PART {
            q[i] = f32::from_bits(raised(bytes[i][0], bytes[i][1]));
        }
    }

    #[inline(always)]
    fn scales(_: &[[u8; HALF]], _: &mut [f32], _: &mut [f32]) {}
}
