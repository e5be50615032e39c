//! `IQ4_NL`: 32 places of 4 bits in a table, and a scale.
//!
//! ```text
//! byte   0   2                               18
//!        │ d │ q₁₆q₀ q₁₇q₁ q₁₈q₂ … q₃₁q₁₅    │      w = d · table[q]
//! ```
//!
//! Weights are dense near 0 and rare far from it, and so are the values of the table. 18 bytes for 32 weights: 4.5
//! bits a weight, as many as `Q4_0`, whose values are equally spaced.

use super::nibbles::{pack, unpack};
use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 18;

/// `kvalues_iq4nl` of ggml.
pub(super) const TABLE: [f32; 16] = [
    -127.0, -104.0, -83.0, -65.0, -49.0, -35.0, -22.0, -10.0, 1.0, 13.0, 25.0, 38.0, 53.0, 69.0, 89.0, 113.0,
];

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 32]) {
    let d = half_at(block, 0);
    unpack(&block[2..], out, |q| d * TABLE[usize::from(q & 0xF)]);
}

/// The step with the least squares, and the nearest values of the table.
pub(in crate::weights) fn encode(weights: &[f32; 32], block: &mut [u8; BYTES]) {
    put_half(block, 0, search::step(weights, TABLE[0], |level| TABLE[usize::from(place(level))]));
    let d = half_at(block, 0);
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    pack(&weights.map(|w| place(w * inverse)), &mut block[2..]);
}

/// Where the nearest value of the table stands.
pub(super) fn place(level: f32) -> u8 {
    TABLE.windows(2).filter(|pair| level > (pair[0] + pair[1]) / 2.0).count() as u8
}
