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

/// `2^x` for `x ≤ 0`, to about 2 units in the last place.
///
/// Below −127 the result is exactly 0, so a hidden score (−∞) gets no weight at all. The spill into
/// denormal numbers between −127 and −126 is not exact; it is below 1.2e-38 either way.
///
/// # Formula
/// `2^x = 2^n · 2^f`, `n` the integer nearest to `x`, `f = x − n`
#[inline(always)]
pub(in crate::attention) fn exp2<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let x = simd.max_f32s(x, simd.splat_f32s(-127.0));
    let shifted = simd.add_f32s(x, simd.splat_f32s(TO_INTEGER));
    let n = simd.sub_f32s(shifted, simd.splat_f32s(TO_INTEGER));
    let f = simd.sub_f32s(x, n);

    let mut power = simd.splat_f32s(POWERS[4]);
    for coefficient in [POWERS[3], POWERS[2], POWERS[1], POWERS[0], 1.0] {
        power = simd.mul_add_e_f32s(power, f, simd.splat_f32s(coefficient));
    }

    // Times 2^n: add n to the exponent, which starts at bit 23.
    let exponent = simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(23));
    simd.transmute_f32s_u32s(simd.add_u32s(simd.transmute_u32s_f32s(power), exponent))
}
