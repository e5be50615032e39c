//! `Q3_K`: 256 numbers of 3 bits in 16 groups of 16, each with a scale of 6 bits.
//!
//! ```text
//! byte   0          32              96        108 110
//!        │ high: 32 │ low: 2 × 32   │ s: 12   │ d │      w = d·(s − 32) · (q − 4)
//! ```
//!
//! The lower two bits lie as in `Q2_K`. The third bits: bit `4·half + k` of byte `i` of `high` belongs to weight `32·k + i`
//! of a half. 110 bytes for 256 weights: 3.4375 bits a weight.
//!
//! The sixteen scales of 6 bits in 12 bytes, `A` to `P`:
//!
//! ```text
//! bytes 0–7    IIIIAAAA JJJJBBBB KKKKCCCC LLLLDDDD MMMMEEEE NNNNFFFF OOOOGGGG PPPPHHHH
//! bytes 8–11   MMIIEEAA NNJJFFBB OOKKGGCC PPLLHHDD
//! ```

use super::super_two::{pairs, shift};
use super::{half_at, put_half, search};

pub(in crate::weights) const BYTES: usize = 110;

pub(in crate::weights) fn decode(block: &[u8; BYTES], out: &mut [f32; 256]) {
    let d = half_at(block, 108);
    for (at, out) in out.chunks_exact_mut(16).enumerate() {
        let scale = d * (f32::from(six_bits(&block[96..108], at)) - 32.0);
        let high = &block[at % 2 * 16..][..16];
        let low = &block[32 + pairs(at)..][..16];
        for ((out, low), high) in out.iter_mut().zip(low).zip(high) {
            let q = low >> shift(at) & 3 | (high >> (at / 2) & 1) << 2;
            *out = scale * (f32::from(q) - 4.0);
        }
    }
}

/// Scale `at` of sixteen.
fn six_bits(packed: &[u8], at: usize) -> u8 {
    let low = packed[at % 8] >> (at / 8 * 4) & 0xF;
    let high = packed[8 + at % 4] >> (at / 4 * 2) & 3;
    low | high << 4
}

/// The step of each group with the least squares, rounded to 6 bits; then each weight to the nearest level.
pub(in crate::weights) fn encode(weights: &[f32; 256], block: &mut [u8; BYTES]) {
    let (parts, _) = weights.as_chunks::<16>();
    let steps: [f32; 16] = std::array::from_fn(|i| search::step(&parts[i], -4.0, search::between(-4.0, 3.0)));
    let (d, scales) = search::shared(steps, -32.0, search::between(-32.0, 31.0));
    put_half(block, 108, d);
    block[..108].fill(0);
    for at in 0..16 {
        put_six_bits(&mut block[96..108], at, (scales[at] + 32.0) as u8);
        for (i, &w) in parts[at].iter().enumerate() {
            let q = search::nearest(w, d * scales[at], 4.0 * d * scales[at], 7);
            block[at % 2 * 16 + i] |= q >> 2 << (at / 2);
            block[32 + pairs(at) + i] |= (q & 3) << shift(at);
        }
    }
}

/// Writes scale `at` of sixteen.
fn put_six_bits(packed: &mut [u8], at: usize, scale: u8) {
    packed[at % 8] |= (scale & 0xF) << (at / 8 * 4);
    packed[8 + at % 4] |= scale >> 4 << (at / 4 * 2);
}
