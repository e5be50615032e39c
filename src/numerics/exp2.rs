//! `2^x` on a vector of `f32`.

use pulp::Simd;

/// Adding `1.5 · 2²³` leaves no bits for a fraction: the sum is rounded to an integer, and its last
/// bits *are* that integer.
const TO_INTEGER: f32 = 12_582_912.0;

/// Coefficients of `2^f` for `|f| ≤ 1/2`, from the first power up. The constant term is exactly 1, so
/// that `exp2(0) = 1`, and the first is `ln 2`; the others minimise the largest relative error, which
/// is then 1.05e-7.
const POWERS: [f32; 5] =
    [std::f32::consts::LN_2, 0.240_222_83, 0.055_505_585, 0.009_669_692, 0.001_330_060_5];

/// `2^x` for `x ≤ 0`, to about 2 units in the last place; NaN for NaN.
///
/// Below −127 the result is exactly 0, so a hidden score (−∞) gets no weight at all. The spill into
/// denormal numbers between −127 and −126 is not exact; it is below 1.2e-38 either way.
///
/// # Formula
/// `2^x = 2^n · 2^f`, `n` the integer nearest to `x`, `f = x − n`
#[inline(always)]
pub(crate) fn exp2<S: Simd>(simd: S, exponent: S::f32s) -> S::f32s {
    let x = simd.max_f32s(exponent, simd.splat_f32s(-127.0));
    let shifted = simd.add_f32s(x, simd.splat_f32s(TO_INTEGER));
    let n = simd.sub_f32s(shifted, simd.splat_f32s(TO_INTEGER));
    let f = simd.sub_f32s(x, n);

    let mut power = simd.splat_f32s(POWERS[4]);
    for coefficient in [POWERS[3], POWERS[2], POWERS[1], POWERS[0], 1.0] {
        power = simd.mul_add_e_f32s(power, f, simd.splat_f32s(coefficient));
    }

    // Times 2^n: add n to the exponent, which starts at bit 23.
    let n = simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(23));
    let result = simd.transmute_f32s_u32s(simd.add_u32s(simd.transmute_u32s_f32s(power), n));
    // A maximum drops a NaN on one machine and keeps it on the next.
    simd.select_f32s(simd.equal_f32s(exponent, exponent), result, exponent)
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use super::*;

    struct Exp2(f32);

    impl WithSimd for Exp2 {
        type Output = f32;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> f32 {
            simd.reduce_max_f32s(exp2(simd, simd.splat_f32s(self.0)))
        }
    }

    fn fast(x: f32) -> f32 {
        pulp::Arch::new().dispatch(Exp2(x))
    }

    #[test]
    fn exp2_is_accurate_where_the_result_is_normal() {
        for step in 0..126_000 {
            let x = -(step as f32) / 1000.0;
            let exact = libm::exp2(f64::from(x));
            assert!((f64::from(fast(x)) / exact - 1.0).abs() < 2.0 * f64::from(f32::EPSILON), "{x}");
        }
    }

    #[test]
    fn exp2_hits_the_ends_exactly() {
        assert_eq!(fast(0.0), 1.0);
        assert_eq!(fast(-1.0), 0.5);
        assert_eq!(fast(-127.0), 0.0);
        assert_eq!(fast(-1e30), 0.0);
        assert_eq!(fast(f32::NEG_INFINITY), 0.0);
    }

    #[test]
    fn exp2_of_nan_is_nan() {
        for bits in [0x7fc0_0000, 0xffc0_0000u32, 0x7fc0_0001, 0x7fff_ffff] {
            assert!(fast(f32::from_bits(bits)).is_nan(), "{bits:x}");
        }
    }

    #[test]
    fn exp2_stays_tiny_on_the_way_to_zero() {
        for step in 0..=1000 {
            let y = fast(-126.0 - step as f32 / 1000.0);
            assert!((0.0..=f32::MIN_POSITIVE).contains(&y), "{y}");
        }
    }
}
