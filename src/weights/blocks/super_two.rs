//! `Q2_K`: 256 numbers of 2 bits in 16 groups of 16, each with a scale and a minimum of 4 bits.
//!
//! ```text
//! byte   0             16              80  82     84
//!        │ s, m: 16    │ q: 2 × 32     │ d │ dmin │      w = d·s · q − dmin·m
//! ```
//!
//! A byte of `s, m` has the scale in its lower half. The two halves of 128 weights lie alike: weight `32·k + i` of a half
//! is bits `2k` and `2k + 1` of byte `i`. 84 bytes for 256 weights: 2.625 bits a weight.

use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 84;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let (d, dmin) = (half_at(block, 80), half_at(block, 82));
    for (at, (out, group)) in out.chunks_exact_mut(16).zip(&block[..16]).enumerate() {
        let (scale, min) = (d * f32::from(group & 0xF), dmin * f32::from(group >> 4));
        let packed = &block[16 + pairs(at)..][..16];
        for (out, byte) in out.iter_mut().zip(packed) {
            *out = scale * f32::from(byte >> shift(at) & 3) - min;
        }
    }
}

/// Where the bytes begin that hold two bits of each weight of group `at`: groups alternate between two runs of 16.
pub(super) fn pairs(at: usize) -> usize {
    at / 8 * 32 + at % 2 * 16
}

/// Which two bits of these bytes.
pub(super) fn shift(at: usize) -> usize {
    at % 8 / 2 * 2
}

/// Step and minimum of each group with the least squares, rounded to 4 bits; then each weight to the nearest level.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let (parts, _) = weights.as_chunks::<16>();
    let found: [(f32, f32); 16] = std::array::from_fn(|i| search::step_and_min(&parts[i], 3.0));
    let four_bits = search::between(0.0, 15.0);
    let (d, scales) = search::shared(found.map(|(s, _)| s), 15.0, &four_bits);
    let (dmin, mins) = search::shared(found.map(|(_, m)| m), 15.0, &four_bits);
    put_half(block, 80, d);
    put_half(block, 82, dmin);
    block[16..80].fill(0);
    for at in 0..16 {
        block[at] = scales[at] as u8 | (mins[at] as u8) << 4;
        let packed = &mut block[16 + pairs(at)..][..16];
        for (byte, &w) in packed.iter_mut().zip(&parts[at]) {
            *byte |= search::nearest(w, d * scales[at], dmin * mins[at], 3) << shift(at);
        }
    }
}
