//! `Q6_K`: 256 numbers of 6 bits in 16 groups of 16, each with a scale of 8 bits.
//!
//! ```text
//! byte   0               128             192          208  210
//!        │ low: 2 × 64   │ high: 2 × 32  │ s: 16      │ d │      w = d·s · (q − 32)
//! ```
//!
//! The two halves of 128 weights lie alike. Of weight `32·k + i` of a half, `k` from 0 to 3, the lower four bits are in
//! byte `32·(k mod 2) + i` of `low`, in its lower half for `k` < 2 and in its upper half else; the upper two bits are bits
//! `2k` and `2k + 1` of byte `i` of `high`. 210 bytes for 256 weights: 6.5625 bits a weight.

use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 210;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let d = half_at(block, 208);
    for (at, out) in out.chunks_exact_mut(32).enumerate() {
        let (half, k) = (at / 4, at % 4);
        let low = &block[64 * half + 32 * (k % 2)..][..32];
        let high = &block[128 + 32 * half..][..32];
        let scales = [0, 1].map(|group| d * f32::from(block[192 + 2 * at + group].cast_signed()));
        for i in 0..32 {
            let q = (low[i] >> (k / 2 * 4) & 0xF) | (high[i] >> (2 * k) & 3) << 4;
            out[i] = scales[i / 16] * (f32::from(q) - 32.0);
        }
    }
}

/// The step of each group with the least squares, rounded to 8 bits; then each weight to the nearest level.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let (parts, _) = weights.as_chunks::<16>();
    let steps: [f32; 16] =
        std::array::from_fn(|i| search::step(&parts[i], -32.0, search::between(-32.0, 31.0)));
    let (d, scales) = search::shared(steps, -128.0, search::between(-128.0, 127.0));
    put_half(block, 208, d);
    for (byte, scale) in block[192..208].iter_mut().zip(scales) {
        *byte = (scale as i8).cast_unsigned();
    }
    block[..192].fill(0);
    for (i, &w) in weights.iter().enumerate() {
        let q = search::nearest(w, d * scales[i / 16], 32.0 * d * scales[i / 16], 63);
        let (half, k, at) = (i / 128, i % 128 / 32, i % 32);
        block[64 * half + 32 * (k % 2) + at] |= (q & 0xF) << (k / 2 * 4);
        block[128 + 32 * half + at] |= q >> 4 << (2 * k);
    }
}
