//! Numbers of 16 bits: the upper half of an `f32`.

/// A number of 16 bits with the range of `f32` and 8 bits of precision (bfloat16).
///
/// The bits are the upper half of those of an `f32`, so reading one is a shift. It halves the memory of a
/// cache; each number is off by at most 1/256 of itself.
///
/// # Examples
/// ```
/// use concepts::attention::Bf16;
/// assert_eq!(f32::from(Bf16::from(-1.5)), -1.5);
/// // Between 256 and 258 lies nothing; halfway, the even neighbour is taken.
/// assert_eq!(f32::from(Bf16::from(257.0)), 256.0);
/// assert_eq!(f32::from(Bf16::from(259.0)), 260.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(transparent)]
pub struct Bf16(u16);

impl Bf16 {
    /// The number with these bits.
    pub const fn from_bits(bits: u16) -> Bf16 {
        Bf16(bits)
    }

    /// Its bits.
    pub const fn to_bits(self) -> u16 {
        self.0
    }
}

impl From<f32> for Bf16 {
    /// The nearest one; halfway, the one with an even last bit. What is too large becomes infinite, and NaN
    /// stays NaN.
    fn from(x: f32) -> Bf16 {
        let bits = x.to_bits();
        if x.is_nan() {
            // A bit that survives the cut, so that it does not become infinite.
            return Bf16((bits >> 16) as u16 | 0x40);
        }
        // Just under half of a last place, and the odd bit makes it half.
        let half = 0x7fff + ((bits >> 16) & 1);
        Bf16(((bits + half) >> 16) as u16)
    }
}

impl From<Bf16> for f32 {
    /// Exact.
    #[inline(always)]
    fn from(x: Bf16) -> f32 {
        f32::from_bits(u32::from(x.0) << 16)
    }
}
