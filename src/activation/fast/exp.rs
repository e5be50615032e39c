//! `e^x` of a sum of two numbers, for `x ≤ 0`.

use pulp::Simd;

/// Adding `1.5 · 2²³` rounds to an integer, which then stands in the last bits.
const TO_INTEGER: f32 = 12_582_912.0;
/// `2^f` for `|f| ≤ 1/2`, from the constant up; the largest relative error is 1.6e-8.
const POWERS: [f32; 7] = [
    1.0,
    std::f32::consts::LN_2,
    0.240_226_48,
    0.055_503_324,
    0.009_618_437,
    0.001_339_887_5,
    0.000_153_533_62,
];
/// `log₂ e`, and what `f32` leaves of it.
const LOG2_E: f32 = std::f32::consts::LOG2_E;
const LOG2_E_REST: f32 = 1.925_963_4e-8;
/// Powers of two are made this much too large, so that they stay normal, and the last step takes it back.
const LIFT: u32 = 64;
pub(super) const LOWER: f32 = 1.0 / 18_446_744_073_709_551_616.0;

/// A polynomial, coefficients from the constant up.
#[inline(always)]
pub(super) fn polynomial<S: Simd, const N: usize>(simd: S, x: S::f32s, coefficients: [f32; N]) -> S::f32s {
    let mut sum = simd.splat_f32s(coefficients[N - 1]);
    for i in (0..N - 1).rev() {
        sum = simd.mul_add_f32s(sum, x, simd.splat_f32s(coefficients[i]));
    }
    sum
}

/// `2^64 e^(high − low)`, for `−110 ≤ high ≤ 0` and a `low` that rounding left of it.
#[inline(always)]
pub(super) fn lifted_exp<S: Simd>(simd: S, high: S::f32s, low: S::f32s) -> S::f32s {
    let log2_e = simd.splat_f32s(LOG2_E);
    let shifted = simd.mul_add_f32s(high, log2_e, simd.splat_f32s(TO_INTEGER));
    let minus_n = simd.sub_f32s(simd.splat_f32s(TO_INTEGER), shifted);
    // Three parts of f, the largest first: a product that was rounded whole would cost digits far to the left.
    let f = simd.mul_add_f32s(high, log2_e, minus_n);
    let f = simd.mul_add_f32s(high, simd.splat_f32s(LOG2_E_REST), f);
    let f = simd.mul_add_f32s(low, simd.splat_f32s(-LOG2_E), f);
    let power = polynomial(simd, f, POWERS);
    let n = simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(23));
    let n = simd.add_u32s(n, simd.splat_u32s(LIFT << 23));
    simd.transmute_f32s_u32s(simd.add_u32s(simd.transmute_u32s_f32s(power), n))
}
