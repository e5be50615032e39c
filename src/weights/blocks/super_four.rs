//! `Q4_K`: 256 numbers of 4 bits in 8 groups of 32; scale and minimum of a group are themselves numbers of 6 bits.
//!
//! ```text
//! byte   0   2      4             16                    144
//!        │ d │ dmin │ s, m: 8 × 2 │ q: 4 × 32 bytes     │      w = d·s · q − dmin·m
//! ```
//!
//! Each 32 bytes of `q` hold two groups: the lower halves are one group, the upper halves the next. 144 bytes for 256
//! weights: 4.5 bits a weight, as many as `Q4_0`, with a minimum for each group besides.
//!
//! The sixteen numbers of 6 bits in 12 bytes (capitals are scales, small letters minima; `E` has two bits in byte 0 and
//! four in byte 8):
//!
//! ```text
//! bytes 0–3    EEAAAAAA FFBBBBBB GGCCCCCC HHDDDDDD
//! bytes 4–7    eeaaaaaa ffbbbbbb ggcccccc hhdddddd
//! bytes 8–11   eeeeEEEE ffffFFFF ggggGGGG hhhhHHHH
//! ```

use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 144;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let groups = groups(block);
    for ((out, packed), pair) in
        out.chunks_exact_mut(64).zip(block[16..].chunks_exact(32)).zip(groups.chunks_exact(2))
    {
        let (low, high) = out.split_at_mut(32);
        for ((low, high), byte) in low.iter_mut().zip(high).zip(packed) {
            *low = pair[0].weight(byte & 0xF);
            *high = pair[1].weight(byte >> 4);
        }
    }
}

/// Scale and minimum of a group.
#[derive(Clone, Copy)]
pub(super) struct Group {
    scale: f32,
    min: f32,
}

impl Group {
    pub(super) fn weight(self, q: u8) -> f32 {
        self.scale * f32::from(q) - self.min
    }
}

/// The eight groups of a block that begins with `d`, `dmin` and 12 bytes of scales and minima.
pub(super) fn groups<const B: usize>(block: &[u8; B]) -> [Group; 8] {
    let (d, dmin) = (half_at(block, 0), half_at(block, 2));
    let (scales, mins) = six_bits(&block[4..16]);
    std::array::from_fn(|i| Group { scale: d * f32::from(scales[i]), min: dmin * f32::from(mins[i]) })
}

/// Eight scales and eight minima of 6 bits.
fn six_bits(packed: &[u8]) -> ([u8; 8], [u8; 8]) {
    let (mut scales, mut mins) = ([0; 8], [0; 8]);
    for i in 0..4 {
        let (scale, min, both) = (packed[i], packed[i + 4], packed[i + 8]);
        (scales[i], mins[i]) = (scale & 0x3F, min & 0x3F);
        scales[i + 4] = both & 0xF | scale >> 6 << 4;
        mins[i + 4] = both >> 4 | min >> 6 << 4;
    }
    (scales, mins)
}

/// Step and minimum of each group with the least squares, rounded to 6 bits; then each weight to the nearest level.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let q = levels(weights, 15, block);
    for (packed, q) in block[16..].chunks_exact_mut(32).zip(q.chunks_exact(64)) {
        for (i, byte) in packed.iter_mut().enumerate() {
            *byte = q[i] | q[i + 32] << 4;
        }
    }
}

/// Writes `d`, `dmin`, scales and minima; the whole numbers from 0 to `most` that the weights become with them.
pub(super) fn levels<const B: usize>(weights: &[f32; 256], most: u8, block: &mut [u8; B]) -> [u8; 256] {
    let (parts, _) = weights.as_chunks::<32>();
    let found: [(f32, f32); 8] = std::array::from_fn(|i| search::step_and_min(&parts[i], f32::from(most)));
    let six_bits = search::between(0.0, 63.0);
    let (d, scales) = search::shared(found.map(|(s, _)| s), 63.0, &six_bits);
    let (dmin, mins) = search::shared(found.map(|(_, m)| m), 63.0, &six_bits);
    put_half(block, 0, d);
    put_half(block, 2, dmin);
    put_six_bits(&scales.map(|s| s as u8), &mins.map(|m| m as u8), &mut block[4..16]);
    let groups = groups(block);
    std::array::from_fn(|i| {
        let Group { scale, min } = groups[i / 32];
        search::nearest(weights[i], scale, min, most)
    })
}

/// The way back from [`six_bits`].
fn put_six_bits(scales: &[u8; 8], mins: &[u8; 8], packed: &mut [u8]) {
    for i in 0..4 {
        packed[i] = scales[i] | scales[i + 4] >> 4 << 6;
        packed[i + 4] = mins[i] | mins[i + 4] >> 4 << 6;
        packed[i + 8] = scales[i + 4] & 0xF | mins[i + 4] << 4;
    }
}
