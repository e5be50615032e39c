//! `IQ4_XS`: 256 places of 4 bits in the table of `IQ4_NL`, in 8 groups of 32, each with a scale of 6 bits.
//!
//! ```text
//! byte   0   2      4      8                      136
//!        │ d │ high │ low  │ q: 8 × 16 bytes      │      w = d·(s − 32) · table[q]
//! ```
//!
//! Each 16 bytes of `q` are a group, and lie as in `IQ4_NL`. The scale `s` of group `i` has its lower four bits in half
//! `i mod 2` of byte `i / 2` of `low`, and its upper two in bits `2·i` of the number `high` of 16 bits. 136 bytes for 256
//! weights: 4.25 bits a weight, a quarter of a bit less than `IQ4_NL`, whose groups each have a scale of 16 bits.

use super::nibbles::{farthest, pack, unpack};
use super::table::{TABLE, place};
use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 136;

/// What is stored for a scale of 0.
const MIDDLE: f32 = 32.0;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let d = half_at(block, 0);
    let (groups, _) = out.as_chunks_mut::<32>();
    for (at, (out, packed)) in groups.iter_mut().zip(block[8..].chunks_exact(16)).enumerate() {
        let scale = d * (f32::from(six_bits(block, at)) - MIDDLE);
        unpack(packed, out, |q| scale * TABLE[usize::from(q & 0xF)]);
    }
}

/// Scale `at` of eight.
fn six_bits(block: &[u8; BYTES], at: usize) -> u8 {
    let low = block[4 + at / 2] >> (at % 2 * 4) & 0xF;
    let high = block[2 + at / 4] >> (at % 4 * 2) & 3;
    low | high << 4
}

/// The step of each group with the least squares, then, of the three scales that lie nearest to it, the one that loses
/// least with the nearest values of the table.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let (parts, _) = weights.as_chunks::<32>();
    let level = |level| TABLE[usize::from(place(level))];
    let steps: [f32; 8] = std::array::from_fn(|i| search::step(&parts[i], TABLE[0], level));
    put_half(block, 0, farthest(&steps) / -MIDDLE);
    let d = half_at(block, 0);
    block[2..8].fill(0);
    for (at, (part, step)) in parts.iter().zip(steps).enumerate() {
        let scale = best(part, step, d);
        put_six_bits(block, at, (scale + MIDDLE) as u8);
        pack(&places(part, d * scale), &mut block[8 + 16 * at..][..16]);
    }
}

/// The whole number from −32 to 31 that serves a group best as its scale.
fn best(part: &[f32; 32], step: f32, d: f32) -> f32 {
    let nearest = if d == 0.0 { 0.0 } else { (step / d).round() };
    let lost = |scale: f32| -> f64 {
        let back = places(part, d * scale).map(|q| d * scale * TABLE[usize::from(q)]);
        part.iter().zip(back).map(|(&w, back)| (f64::from(w) - f64::from(back)).powi(2)).sum()
    };
    let tried = [nearest, nearest - 1.0, nearest + 1.0].map(|scale| scale.clamp(-MIDDLE, MIDDLE - 1.0));
    tried.into_iter().min_by(|&a, &b| lost(a).total_cmp(&lost(b))).unwrap_or_default()
}

/// Where the nearest values of the table stand.
fn places(part: &[f32; 32], scale: f32) -> [u8; 32] {
    let inverse = if scale == 0.0 { 0.0 } else { 1.0 / scale };
    part.map(|w| place(w * inverse))
}

/// Writes scale `at` of eight.
fn put_six_bits(block: &mut [u8; BYTES], at: usize, scale: u8) {
    block[4 + at / 2] |= (scale & 0xF) << (at % 2 * 4);
    block[2 + at / 4] |= scale >> 4 << (at % 4 * 2);
}
