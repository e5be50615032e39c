//! The curves: GELU, its approximation by tanh, SiLU.

use pulp::Simd;

use super::exp::{LOWER, lifted_exp, polynomial};

/// `Φ(−t) e^(t²/2)` as a quotient of polynomials, from the constant up, for `0 ≤ t ≤ 14.5`: the largest relative
/// error is 3.1e-8. All coefficients are positive, so no digits cancel.
const ABOVE: [f32; 5] = [0.5, 0.438_295_57, 0.183_235_62, 0.040_633_39, 0.004_116_334];
const BELOW: [f32; 6] = [1.0, 1.674_476_1, 1.202_505_1, 0.469_471_9, 0.101_859_26, 0.010_318];
/// Beyond these the result is less than half of the smallest number of `f32`.
const END_OF_GELU: f32 = 14.5;
const END_OF_SILU: f32 = 109.0;
const END_OF_TANH: f32 = 10.8;
/// `√(8/π)` and `0.044715 √(8/π)`, each with what `f32` leaves of it.
const SLOPE: [f32; 2] = [1.595_769_2, -4.534_068e-8];
const CUBIC: [f32; 2] = [0.071_354_814, 2.398_832_5e-9];

/// What is done to each number. A trait and not a closure: a closure would not be compiled for the processor that was
/// chosen, and then every step of it would be a call.
pub(super) trait Curve {
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s;
}

pub(super) struct Gelu;
pub(super) struct GeluTanh;
pub(super) struct Silu;

impl Curve for Gelu {
    #[inline(always)]
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let t = size(simd, x, END_OF_GELU);
        let high = simd.mul_f32s(simd.mul_f32s(t, simd.splat_f32s(-0.5)), t);
        let low = simd.mul_add_f32s(simd.mul_f32s(t, simd.splat_f32s(0.5)), t, high);
        let share = simd.div_f32s(polynomial(simd, t, ABOVE), polynomial(simd, t, BELOW));
        let taken = simd.mul_f32s(simd.mul_f32s(lifted_exp(simd, high, low), share), t);
        without(simd, x, taken)
    }
}

impl Curve for GeluTanh {
    #[inline(always)]
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let t = size(simd, x, END_OF_TANH);
        let (high, low) = bent(simd, t);
        let e = lifted_exp(simd, simd.sub_f32s(simd.splat_f32s(0.0), high), low);
        without(simd, x, logistic(simd, e, t))
    }
}

impl Curve for Silu {
    #[inline(always)]
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let t = size(simd, x, END_OF_SILU);
        let e = lifted_exp(simd, simd.sub_f32s(simd.splat_f32s(0.0), t), simd.splat_f32s(0.0));
        without(simd, x, logistic(simd, e, t))
    }
}

/// `min(|x|, end)`. Not by `abs_f32s`, which is a call for each vector.
#[inline(always)]
fn size<S: Simd>(simd: S, x: S::f32s, end: f32) -> S::f32s {
    let size = simd.max_f32s(x, simd.sub_f32s(simd.splat_f32s(0.0), x));
    simd.min_f32s(size, simd.splat_f32s(end))
}

/// `√(8/π) (t + 0.044715 t³)` as a sum of two numbers: far to the left it is about a hundred, and its rounding as an
/// exponent would cost digits.
#[inline(always)]
fn bent<S: Simd>(simd: S, t: S::f32s) -> (S::f32s, S::f32s) {
    let [slope, slope_rest] = SLOPE.map(|part| simd.splat_f32s(part));
    let [cubic, cubic_rest] = CUBIC.map(|part| simd.splat_f32s(part));
    let (square, square_rest) = product(simd, t, t);
    let (bend, bend_rest) = product(simd, cubic, square);
    let bend_rest = simd.mul_add_f32s(cubic_rest, square, bend_rest);
    let bend_rest = simd.mul_add_f32s(cubic, square_rest, bend_rest);
    // The sum and what rounding left of it, whichever of the two is larger.
    let factor = simd.add_f32s(slope, bend);
    let of_bend = simd.sub_f32s(factor, slope);
    let of_slope = simd.sub_f32s(slope, simd.sub_f32s(factor, of_bend));
    let rounded = simd.add_f32s(of_slope, simd.sub_f32s(bend, of_bend));
    let factor_rest = simd.add_f32s(rounded, simd.add_f32s(slope_rest, bend_rest));
    let (high, low) = product(simd, t, factor);
    (high, simd.mul_add_f32s(t, factor_rest, low))
}

/// A product, and what rounding left of it.
#[inline(always)]
fn product<S: Simd>(simd: S, a: S::f32s, b: S::f32s) -> (S::f32s, S::f32s) {
    let high = simd.mul_f32s(a, b);
    (high, simd.mul_add_f32s(a, b, simd.sub_f32s(simd.splat_f32s(0.0), high)))
}

/// `2^64 t σ(−u)` from `e = 2^64 e^(−u)`.
#[inline(always)]
fn logistic<S: Simd>(simd: S, e: S::f32s, t: S::f32s) -> S::f32s {
    let whole = simd.mul_add_f32s(e, simd.splat_f32s(LOWER), simd.splat_f32s(1.0));
    simd.mul_f32s(simd.div_f32s(e, whole), t)
}

/// `max(x, 0) − 2^(−64) taken`; NaN for NaN, which a minimum or maximum may drop.
#[inline(always)]
fn without<S: Simd>(simd: S, x: S::f32s, taken: S::f32s) -> S::f32s {
    let relu = simd.max_f32s(x, simd.splat_f32s(0.0));
    let y = simd.mul_add_f32s(taken, simd.splat_f32s(-LOWER), relu);
    simd.select_f32s(simd.equal_f32s(x, x), y, x)
}
