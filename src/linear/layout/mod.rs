//! The blocks of an encoding, as the kernels want them: whole numbers in parts of 32, and what scales each part.
//!
//! Where the bits lie is drawn in [`weights`](crate::weights); here they are taken out in loops over arrays of 8 and 16,
//! which the compiler turns into vectors. Encodings without a layout are decoded first; that is slower, and right.
//!
//! | file | encodings |
//! |---|---|
//! | `plain` | `F32`, `F16`, `BF16` |
//! | `whole` | `Q8_0` |
//! | `nibbles` | `Q4_0`, `Q4_1` |
//! | `five` | `Q5_0`, `Q5_1` |
//! | `super_four` | `Q4_K` |
//! | `super_six` | `Q6_K` |

mod five;
mod nibbles;
mod plain;
mod super_four;
mod super_six;
mod whole;

use crate::weights::Encoding;

use super::half::{raised, upper_half};

/// Weights that share a scale, or are at least scaled together.
pub(super) const PART: usize = 32;

/// How the bytes of a block become weights: those of part `p` are `d_p · q + m_p`.
pub(super) trait Layout<const BYTES: usize> {
    /// Parts of a block.
    const PARTS: usize = 1;
    /// Is there a `d`? If not, `q` is the weight.
    const SCALED: bool = true;
    /// Is there an `m`?
    const MINIMA: bool = false;

    /// The `q` of a part where they are scaled: whole numbers below 2¹³. Without a scale there are none.
    ///
    /// In plain loops: a closure, that of `map` or `from_fn` too, would not be compiled for the processor that was
    /// chosen, and each number would cost a call.
    fn whole(_block: &[u8; BYTES], _part: usize, _q: &mut [i16; PART]) {}

    /// The `q` of a part in `f32`.
    #[inline(always)]
    fn numbers(block: &[u8; BYTES], part: usize, q: &mut [f32; PART]) {
        let mut whole = [0; PART];
        Self::whole(block, part, &mut whole);
        for i in 0..PART {
            q[i] = f32::from(whole[i]);
        }
    }

    /// `d` and `m` of each part of these blocks; only what there is of them.
    fn scales(blocks: &[[u8; BYTES]], d: &mut [f32], m: &mut [f32]);
}

/// Something that is done with a layout that is known only when the program runs.
pub(super) trait Visit {
    type Output;
    fn visit<L: Layout<BYTES>, const BYTES: usize>(self) -> Self::Output;
}

/// Does `visit` with the layout of an encoding, if it has one.
pub(super) fn with_layout<V: Visit>(encoding: Encoding, visit: V) -> Option<V::Output> {
    Some(match encoding {
        Encoding::F32 => visit.visit::<plain::Single, { plain::SINGLE }>(),
        Encoding::F16 => visit.visit::<plain::Half, { plain::HALF }>(),
        Encoding::BF16 => visit.visit::<plain::Brain, { plain::HALF }>(),
        Encoding::Q8_0 => visit.visit::<whole::Whole, { whole::BYTES }>(),
        Encoding::Q4_0 => visit.visit::<nibbles::Centred, { nibbles::BYTES_0 }>(),
        Encoding::Q4_1 => visit.visit::<nibbles::AboveMinimum, { nibbles::BYTES_1 }>(),
        Encoding::Q5_0 => visit.visit::<five::Centred, { five::BYTES_0 }>(),
        Encoding::Q5_1 => visit.visit::<five::AboveMinimum, { five::BYTES_1 }>(),
        Encoding::Q4K => visit.visit::<super_four::SuperFour, { super_four::BYTES }>(),
        Encoding::Q6K => visit.visit::<super_six::SuperSix, { super_six::BYTES }>(),
        Encoding::Q2K | Encoding::Q3K | Encoding::Q5K | Encoding::Iq4Nl | Encoding::Iq4Xs => return None,
    })
}

/// `d` of blocks that begin with it.
#[inline(always)]
fn leading_scales<const BYTES: usize>(blocks: &[[u8; BYTES]], d: &mut [f32]) {
    for (block, d) in blocks.iter().zip(d.iter_mut()) {
        *d = f32::from_bits(raised(block[0], block[1]));
    }
    all_halves(d);
}

/// `d` and `m` of blocks that begin with them. First all bits, then all numbers: the second loop becomes vectors.
#[inline(always)]
fn leading_pairs<const BYTES: usize>(blocks: &[[u8; BYTES]], d: &mut [f32], m: &mut [f32]) {
    for (block, d) in blocks.iter().zip(d.iter_mut()) {
        *d = f32::from_bits(u32::from_le_bytes([block[0], block[1], block[2], block[3]]));
    }
    for (d, m) in d.iter_mut().zip(m.iter_mut()) {
        let both = d.to_bits();
        (*d, *m) = (upper_half(both << 16), upper_half(both));
    }
}

#[inline(always)]
fn all_halves(bits: &mut [f32]) {
    for x in bits {
        *x = upper_half(x.to_bits());
    }
}
