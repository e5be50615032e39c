//! Half precision to single, without a branch: a loop of it becomes vectors.

/// `2^112`: the exponents of the two begin 112 apart.
const LIFT: f32 = f32::from_bits((112 + 127) << 23);

/// The number whose half-precision bits are the upper half of `bits`; what is in the lower half does not count.
///
/// Exact for every number, infinities and NaN included.
#[inline(always)]
pub(super) fn upper_half(bits: u32) -> f32 {
    let sign = bits & 0x8000_0000;
    let size = (bits & 0x7fff_0000) >> 3;
    let number = f32::from_bits(size | sign) * LIFT;
    let no_number = f32::from_bits(size | sign | 0x7f80_0000);
    if bits & 0x7c00_0000 == 0x7c00_0000 { no_number } else { number }
}

/// Bits of half precision where [`upper_half`] looks for them.
#[inline(always)]
pub(super) fn raised(low: u8, high: u8) -> u32 {
    u32::from(u16::from_le_bytes([low, high])) << 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::half::f16;

    #[test]
    fn every_number_of_half_precision_is_exact() {
        for bits in 0..=u16::MAX {
            let exact = f16::from_bits(bits).to_f32();
            let fast = upper_half(u32::from(bits) << 16 | 0xbeef);
            assert!(exact.to_bits() == fast.to_bits() || exact.is_nan() && fast.is_nan(), "{bits:x}");
        }
    }
}
