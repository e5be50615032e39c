//! `Q4_K`: 8 parts of 32 numbers of 4 bits, whose scales and minima are numbers of 6 bits.

use super::{Layout, PART};
use crate::linear::half::{raised, upper_half};

pub(super) const BYTES: usize = 144;

const GROUPS: usize = 8;

pub(super) struct SuperFour;

impl Layout<BYTES> for SuperFour {
    const PARTS: usize = GROUPS;
    const MINIMA: bool = true;

    /// Two parts share 32 bytes.
    #[inline(always)]
    fn whole(block: &[u8; BYTES], part: usize, q: &mut [i16; PART]) {
        let packed = &block[16 + part / 2 * PART..][..PART];
        let shift = part % 2 * 4;
        for i in 0..PART {
            q[i] = i16::from(packed[i]) >> shift & 15;
        }
    }

    #[inline(always)]
    fn scales(blocks: &[[u8; BYTES]], d: &mut [f32], m: &mut [f32]) {
        let (d, _) = d.as_chunks_mut::<GROUPS>();
        let (m, _) = m.as_chunks_mut::<GROUPS>();
        for ((block, d), m) in blocks.iter().zip(d).zip(m) {
            let scale = upper_half(raised(block[0], block[1]));
            let minimum = upper_half(raised(block[2], block[3]));
            for i in 0..GROUPS / 2 {
                let (first, second, both) = (block[4 + i], block[8 + i], block[12 + i]);
                d[i] = scale * f32::from(first & 63);
                m[i] = -(minimum * f32::from(second & 63));
                d[i + 4] = scale * f32::from(both & 15 | first >> 6 << 4);
                m[i + 4] = -(minimum * f32::from(both >> 4 | second >> 6 << 4));
            }
        }
    }
}
