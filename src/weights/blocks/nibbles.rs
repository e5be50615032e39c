//! `Q4_0` and `Q4_1`: 32 numbers of 4 bits, and what scales them.
//!
//! ```text
//! Q4_0   byte   0   2                               18
//!               │ d │ q₁₆q₀ q₁₇q₁ q₁₈q₂ … q₃₁q₁₅    │      w = d · (q − 8)
//!
//! Q4_1   byte   0   2   4                               20
//!               │ d │ m │ q₁₆q₀ q₁₇q₁ q₁₈q₂ … q₃₁q₁₅    │  w = d · q + m
//! ```
//!
//! A byte holds two numbers: the one in its lower half belongs to the first half of the block, the one in its upper
//! half stands 16 places later. 18 bytes are 4.5 bits a weight, 20 bytes are 5.

use super::{half_at, put_half};

pub(in crate::weights) const BYTES_0: usize = 18;
pub(in crate::weights) const BYTES_1: usize = 20;

pub(in crate::weights) fn decode_0(block: &[u8; BYTES_0], out: &mut [f32; 32]) {
    let d = half_at(block, 0);
    unpack(&block[2..], out, |q| d * (f32::from(q) - 8.0));
}

pub(in crate::weights) fn decode_1(block: &[u8; BYTES_1], out: &mut [f32; 32]) {
    let (d, m) = (half_at(block, 0), half_at(block, 2));
    unpack(&block[4..], out, |q| d * f32::from(q) + m);
}

/// Sixteen bytes as 32 numbers of 4 bits, each made a weight.
pub(super) fn unpack(packed: &[u8], out: &mut [f32; 32], weight: impl Fn(u8) -> f32) {
    let (low, high) = out.split_at_mut(16);
    for ((low, high), byte) in low.iter_mut().zip(high).zip(packed) {
        *low = weight(byte & 0xF);
        *high = weight(byte >> 4);
    }
}

/// The weight that is farthest from 0 becomes 0, that is −8; its counterpart, if there is one, is one step short.
pub(in crate::weights) fn encode_0(weights: &[f32; 32], block: &mut [u8; BYTES_0]) {
    let d = farthest(weights) / -8.0;
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    put_half(block, 0, d);
    let q = weights.map(|w| whole(w * inverse + 8.5, 15));
    pack(&q, &mut block[2..]);
}

/// The smallest weight becomes 0, the largest 15.
pub(in crate::weights) fn encode_1(weights: &[f32; 32], block: &mut [u8; BYTES_1]) {
    let (d, min) = range(weights, 15.0);
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    put_half(block, 0, d);
    put_half(block, 2, min);
    let q = weights.map(|w| whole((w - min) * inverse + 0.5, 15));
    pack(&q, &mut block[4..]);
}

/// The lower 4 bits of 32 numbers as sixteen bytes.
pub(super) fn pack(q: &[u8; 32], packed: &mut [u8]) {
    let (low, high) = q.split_at(16);
    for ((low, high), byte) in low.iter().zip(high).zip(packed) {
        *byte = (low & 0xF) | (high << 4);
    }
}

/// The weight of the largest size, with its sign; of several the first.
pub(super) fn farthest(weights: &[f32]) -> f32 {
    weights.iter().fold(0.0, |most: f32, &w| if w.abs() > most.abs() { w } else { most })
}

/// The step in which `steps` steps lead from the smallest to the largest weight, and the smallest.
pub(super) fn range(weights: &[f32; 32], steps: f32) -> (f32, f32) {
    let (min, max) =
        weights.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(min, max), &w| (min.min(w), max.max(w)));
    ((max - min) / steps, min)
}

/// The whole part of a number, within 0 and `most`.
pub(super) fn whole(value: f32, most: u8) -> u8 {
    (value as u8).min(most)
}
