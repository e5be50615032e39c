//! Numbers that stand for themselves.
//!
//! ```text
//! F32    s eeeeeeee mmmmmmmmmmmmmmmmmmmmmmm    (−1)^s · 1.m · 2^(e − 127)
//! BF16   s eeeeeeee mmmmmmm                    the same, 16 bits less of the fraction
//! F16    s eeeee mmmmmmmmmm                    (−1)^s · 1.m · 2^(e − 15): a finer fraction, up to 65504
//! ```

use half::{bf16, f16};

pub(in crate::weights) fn f32s(bytes: &[u8], out: &mut [f32]) {
    each(bytes, out, f32::from_le_bytes);
}

pub(in crate::weights) fn f16s(bytes: &[u8], out: &mut [f32]) {
    each(bytes, out, |bytes| f16::from_le_bytes(bytes).to_f32());
}

pub(in crate::weights) fn bf16s(bytes: &[u8], out: &mut [f32]) {
    each(bytes, out, |bytes| bf16::from_le_bytes(bytes).to_f32());
}

fn each<const B: usize>(bytes: &[u8], out: &mut [f32], number: impl Fn([u8; B]) -> f32) {
    for (bytes, out) in bytes.as_chunks().0.iter().zip(out) {
        *out = number(*bytes);
    }
}

pub(in crate::weights) fn encode_f32(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub(in crate::weights) fn encode_f16(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect()
}

pub(in crate::weights) fn encode_bf16(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|&value| bf16::from_f32(value).to_le_bytes()).collect()
}
