//! `Q8_0`: 32 numbers of 8 bits with a sign, and a scale.
//!
//! ```text
//! byte   0   2                  34
//!        │ d │ q₀ q₁ q₂ … q₃₁   │      w = d · q
//! ```
//!
//! 34 bytes for 32 weights: 8.5 bits a weight.

use super::{half_at, put_half};

pub(in crate::weights) const BYTES: usize = 34;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 32]) {
    let d = half_at(block, 0);
    for (out, &q) in out.iter_mut().zip(&block[2..]) {
        *out = d * f32::from(q.cast_signed());
    }
}

/// The largest weight becomes ±127, and each `q` the nearest whole number, halves away from 0.
pub(in crate::weights) fn encode(weights: &[f32; 32], block: &mut [u8; BYTES]) {
    let most = weights.iter().fold(0.0, |most: f32, w| most.max(w.abs()));
    let d = most / 127.0;
    let inverse = if d == 0.0 { 0.0 } else { 1.0 / d };
    put_half(block, 0, d);
    for (q, w) in block[2..].iter_mut().zip(weights) {
        *q = ((w * inverse).round() as i8).cast_unsigned();
    }
}
