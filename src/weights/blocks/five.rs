//! `Q5_0` and `Q5_1`: 32 numbers of 5 bits, and what scales them.
//!
//! ```text
//! Q5_0   byte   0   2      6                          22
//!               │ d │ high │ q₁₆q₀ q₁₇q₁ … q₃₁q₁₅     │      w = d · (q − 16)
//!
//! Q5_1   byte   0   2   4      8                          24
//!               │ d │ m │ high │ q₁₆q₀ q₁₇q₁ … q₃₁q₁₅     │  w = d · q + m
//! ```
//!
//! The lower four bits lie as in `Q4_0`; bit `i` of the 32 bits in `high` is the fifth bit of `q_i`. 22 bytes are 5.5
//! bits a weight, 24 bytes are 6.

use super::nibbles::{farthest, pack, range, whole};
use super::{half_at, put_half};

pub(in crate::weights) const BYTES_0: usize = 22;
pub(in crate::weights) const BYTES_1: usize = 24;

pub(in crate::weights) fn decode_0(block: &[u8; BYTES_0], out: &mut [f32; 32]) {
    let d = half_at(block, 0);
    unpack(&block[2..], out, |q| d * (f32::from(q) - 16.0));
}

pub(in crate::weights) fn decode_1(block: &[u8; BYTES_1], out: &mut [f32; 32]) {
    let (d, m) = (half_at(block, 0), half_at(block, 2));
    unpack(&block[4..], out, |q| d * f32::from(q) + m);
}

/// Four bytes of fifth bits and sixteen bytes of the others.
fn unpack(packed: &[u8], out: &mut [f32; 32], weight: impl Fn(u8) -> f32) {
    let high = u32::from_le_bytes([packed[0], packed[1], packed[2], packed[3]]);
    let fifth = |i: usize| ((high >> i & 1) << 4) as u8;
    for (i, byte) in packed[4..].iter().enumerate() {
        out[i] = weight(byte & 0xF | fifth(i));
        out[i + 16] = weight(byte >> 4 | fifth(i + 16));
    }
}

/// The weight that is farthest from 0 becomes 0, that is −16.
pub(in crate::weights) fn encode_0(weights: &[f32; 32], block: &mut [u8; BYTES_0]) {
    let d = farthest(weights) / -16.0;
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    put_half(block, 0, d);
    put(&weights.map(|w| whole(w * inverse + 16.5, 31)), &mut block[2..]);
}

/// The smallest weight becomes 0, the largest 31.
pub(in crate::weights) fn encode_1(weights: &[f32; 32], block: &mut [u8; BYTES_1]) {
    let (d, min) = range(weights, 31.0);
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    put_half(block, 0, d);
    put_half(block, 2, min);
    put(&weights.map(|w| whole((w - min) * inverse + 0.5, 31)), &mut block[4..]);
}

fn put(q: &[u8; 32], packed: &mut [u8]) {
    let high = q.iter().enumerate().fold(0, |high, (i, &q)| high | u32::from(q >> 4) << i);
    packed[..4].copy_from_slice(&high.to_le_bytes());
    pack(q, &mut packed[4..]);
}
