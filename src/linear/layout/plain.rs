//! Numbers that stand for themselves; a "block" is as many as a part has.

use super::{Layout, PART};
use crate::linear::half::upper_half;

pub(super) const SINGLE: usize = 4 * PART;
pub(super) const HALF: usize = 2 * PART;

pub(super) struct Single;
pub(super) struct Half;
pub(super) struct Brain;

impl Layout<SINGLE> for Single {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; SINGLE], _: usize) -> [f32; PART] {
        let (bytes, _) = block.as_chunks();
        std::array::from_fn(|i| f32::from_le_bytes(bytes[i]))
    }

    #[inline(always)]
    fn scales(_: &[[u8; SINGLE]], _: &mut [f32], _: &mut [f32]) {}
}

impl Layout<HALF> for Half {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; HALF], _: usize) -> [f32; PART] {
        raised(block).map(upper_half)
    }

    #[inline(always)]
    fn scales(_: &[[u8; HALF]], _: &mut [f32], _: &mut [f32]) {}
}

impl Layout<HALF> for Brain {
    const SCALED: bool = false;

    #[inline(always)]
    fn numbers(block: &[u8; HALF], _: usize) -> [f32; PART] {
        raised(block).map(f32::from_bits)
    }

    #[inline(always)]
    fn scales(_: &[[u8; HALF]], _: &mut [f32], _: &mut [f32]) {}
}

/// Sixteen bits each, as the upper half of thirty-two.
#[inline(always)]
fn raised(block: &[u8; HALF]) -> [u32; PART] {
    let (bytes, _) = block.as_chunks();
    std::array::from_fn(|i| u32::from(u16::from_le_bytes(bytes[i])) << 16)
}
