//! `Q5_K`: 256 numbers of 5 bits in 8 groups of 32; scales and minima as in `Q4_K`.
//!
//! ```text
//! byte   0   2      4             16         48                    176
//!        │ d │ dmin │ s, m: 8 × 2 │ high: 32 │ q: 4 × 32 bytes     │      w = d·s · q − dmin·m
//! ```
//!
//! The lower four bits lie as in `Q4_K`. Bit `g` of byte `i` in `high` is the fifth bit of number `i` of group `g`.
//! 176 bytes for 256 weights: 5.5 bits a weight.

use super::super_four::{groups, levels};

pub(in crate::weights) const BYTES: usize = 176;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let groups = groups(block);
    let high = &block[16..48];
    for (g, (out, group)) in out.chunks_exact_mut(32).zip(groups).enumerate() {
        let packed = &block[48 + g / 2 * 32..][..32];
        for ((out, byte), high) in out.iter_mut().zip(packed).zip(high) {
            let low = if g % 2 == 0 { byte & 0xF } else { byte >> 4 };
            *out = group.weight(low | (high >> g & 1) << 4);
        }
    }
}

/// As `Q4_K`, with twice as many levels.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let q = levels(weights, 31, block);
    let (high, low) = block[16..].split_at_mut(32);
    high.fill(0);
    for (g, q) in q.chunks_exact(32).enumerate() {
        for (high, q) in high.iter_mut().zip(q) {
            *high |= q >> 4 << g;
        }
    }
    for (packed, q) in low.chunks_exact_mut(32).zip(q.chunks_exact(64)) {
        for (i, byte) in packed.iter_mut().enumerate() {
            *byte = q[i] & 0xF | q[i + 32] << 4;
        }
    }
}
