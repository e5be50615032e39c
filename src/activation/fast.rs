//! GELU, SiLU and their gates in `f32`, vectorised.
//!
//! Both are `max(x, 0) − |x| q(|x|)` with a falling `q`: `Φ(−t)` for GELU, `σ(−t)` for SiLU. Written so, nothing
//! cancels, and the small values far to the left keep their digits. All products that are followed by a sum are
//! fused on every processor, so every processor gives the same bits.

use std::marker::PhantomData;

use pulp::{Arch, Simd, WithSimd};

use super::ActivationError;

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
/// `Φ(−t) e^(t²/2)` as a quotient of polynomials, from the constant up, for `0 ≤ t ≤ 14.5`: the largest relative
/// error is 3.1e-8. All coefficients are positive, so no digits cancel.
const ABOVE: [f32; 5] = [0.5, 0.438_295_57, 0.183_235_62, 0.040_633_39, 0.004_116_334];
const BELOW: [f32; 6] = [1.0, 1.674_476_1, 1.202_505_1, 0.469_471_9, 0.101_859_26, 0.010_318];
/// Beyond these the result is less than half of the smallest number of `f32`.
const END_OF_GELU: f32 = 14.5;
const END_OF_SILU: f32 = 109.0;
/// Powers of two are made this much too large, so that they stay normal, and the last step takes it back.
const LIFT: u32 = 64;
const LOWER: f32 = 1.0 / 18_446_744_073_709_551_616.0;

/// GELU (`erf`) of each number.
///
/// # Formula
/// `x Φ(x) = max(x, 0) − |x| Φ(−|x|)`
///
/// # Errors
/// [`ActivationError::Lengths`].
///
/// # Accuracy
/// Within 7 units in the last place of the exact value, subnormal numbers included: thirteen roundings of half a unit
/// each, and two approximations of less than half a unit together. Of two million numbers of all magnitudes the
/// worst was off by 4.95, at −10.04. For −∞ the limit −0, for NaN a NaN.
///
/// # Examples
/// ```
/// use concepts::activation::fast_gelu;
/// let mut y = [0.0; 3];
/// fast_gelu(&[-1.0, 0.0, f32::INFINITY], &mut y)?;
/// assert!((y[0] + 0.158_655_26).abs() < 1e-7 && y[1] == 0.0 && y[2] == f32::INFINITY);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn fast_gelu(x: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    one::<Gelu>(x, y)
}

/// SiLU of each number.
///
/// # Formula
/// `x σ(x) = max(x, 0) − |x| σ(−|x|)`
///
/// # Errors
/// As [`fast_gelu`].
///
/// # Accuracy
/// Within 7 units in the last place, as [`fast_gelu`].
///
/// # Examples
/// ```
/// use concepts::activation::fast_silu;
/// let mut y = [0.0; 1];
/// fast_silu(&[1.0], &mut y)?;
/// assert!((y[0] - 0.731_058_6).abs() < 1e-7);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn fast_silu(x: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    one::<Silu>(x, y)
}

/// `GELU(a) ⊙ b`, what GEGLU has before its last matrix.
///
/// # Errors
/// [`ActivationError::Lengths`].
///
/// # Examples
/// ```
/// use concepts::activation::fast_geglu;
/// let mut y = [0.0; 1];
/// fast_geglu(&[10.0], &[2.0], &mut y)?;
/// assert_eq!(y, [20.0]);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn fast_geglu(a: &[f32], b: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    two::<Gelu>(a, b, y)
}

/// `SiLU(a) ⊙ b`, what SwiGLU has before its last matrix.
///
/// # Errors
/// [`ActivationError::Lengths`].
///
/// # Examples
/// ```
/// use concepts::activation::fast_swiglu;
/// let mut y = [0.0; 1];
/// fast_swiglu(&[1.0], &[3.0], &mut y)?;
/// assert!((y[0] - 2.193_175_7).abs() < 1e-6);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn fast_swiglu(a: &[f32], b: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    two::<Silu>(a, b, y)
}

fn same(left: usize, right: usize) -> Result<(), ActivationError> {
    if left == right { Ok(()) } else { Err(ActivationError::Lengths { left, right }) }
}

/// What is done to each number. A trait and not a closure: a closure would not be compiled for the processor that was
/// chosen, and then every step of it would be a call.
trait Curve {
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s;
}

struct Gelu;
struct Silu;

impl Curve for Gelu {
    #[inline(always)]
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        gelu(simd, x)
    }
}

impl Curve for Silu {
    #[inline(always)]
    fn of<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        silu(simd, x)
    }
}

struct One<'a, C> {
    curve: PhantomData<C>,
    x: &'a [f32],
    y: &'a mut [f32],
}

struct Two<'a, C> {
    curve: PhantomData<C>,
    a: &'a [f32],
    b: &'a [f32],
    y: &'a mut [f32],
}

fn one<C: Curve>(x: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    same(x.len(), y.len())?;
    Arch::new().dispatch(One { curve: PhantomData::<C>, x, y });
    Ok(())
}

fn two<C: Curve>(a: &[f32], b: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    same(a.len(), b.len())?;
    same(a.len(), y.len())?;
    Arch::new().dispatch(Two { curve: PhantomData::<C>, a, b, y });
    Ok(())
}

impl<C: Curve> WithSimd for One<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((x, rest), (y, rest_y)) = (S::as_simd_f32s(self.x), S::as_mut_simd_f32s(self.y));
        for (x, y) in x.iter().zip(y) {
            *y = C::of(simd, *x);
        }
        if !rest.is_empty() {
            simd.partial_store_f32s(rest_y, C::of(simd, simd.partial_load_f32s(rest)));
        }
    }
}

impl<C: Curve> WithSimd for Two<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((a, rest_a), (b, rest_b)) = (S::as_simd_f32s(self.a), S::as_simd_f32s(self.b));
        let (y, rest_y) = S::as_mut_simd_f32s(self.y);
        for ((a, b), y) in a.iter().zip(b).zip(y) {
            *y = simd.mul_f32s(C::of(simd, *a), *b);
        }
        if !rest_a.is_empty() {
            let last = C::of(simd, simd.partial_load_f32s(rest_a));
            simd.partial_store_f32s(rest_y, simd.mul_f32s(last, simd.partial_load_f32s(rest_b)));
        }
    }
}

/// A polynomial, coefficients from the constant up.
#[inline(always)]
fn polynomial<S: Simd, const N: usize>(simd: S, x: S::f32s, coefficients: [f32; N]) -> S::f32s {
    let mut sum = simd.splat_f32s(coefficients[N - 1]);
    for i in (0..N - 1).rev() {
        sum = simd.mul_add_f32s(sum, x, simd.splat_f32s(coefficients[i]));
    }
    sum
}

/// `2^64 e^(high − low)`, for `−110 ≤ high ≤ 0` and a `low` that rounding left of it.
#[inline(always)]
fn lifted_exp<S: Simd>(simd: S, high: S::f32s, low: S::f32s) -> S::f32s {
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

/// `min(|x|, end)`. Not by `abs_f32s`, which is a call for each vector.
#[inline(always)]
fn size<S: Simd>(simd: S, x: S::f32s, end: f32) -> S::f32s {
    let size = simd.max_f32s(x, simd.sub_f32s(simd.splat_f32s(0.0), x));
    simd.min_f32s(size, simd.splat_f32s(end))
}

#[inline(always)]
fn gelu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let t = size(simd, x, END_OF_GELU);
    let high = simd.mul_f32s(simd.mul_f32s(t, simd.splat_f32s(-0.5)), t);
    let low = simd.mul_add_f32s(simd.mul_f32s(t, simd.splat_f32s(0.5)), t, high);
    let share = simd.div_f32s(polynomial(simd, t, ABOVE), polynomial(simd, t, BELOW));
    let taken = simd.mul_f32s(simd.mul_f32s(lifted_exp(simd, high, low), share), t);
    without(simd, x, taken)
}

#[inline(always)]
fn silu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let t = size(simd, x, END_OF_SILU);
    let e = lifted_exp(simd, simd.sub_f32s(simd.splat_f32s(0.0), t), simd.splat_f32s(0.0));
    let whole = simd.mul_add_f32s(e, simd.splat_f32s(LOWER), simd.splat_f32s(1.0));
    without(simd, x, simd.mul_f32s(simd.div_f32s(e, whole), t))
}

/// `max(x, 0) − 2^(−64) taken`; NaN for NaN, which a minimum or maximum may drop.
#[inline(always)]
fn without<S: Simd>(simd: S, x: S::f32s, taken: S::f32s) -> S::f32s {
    let relu = simd.max_f32s(x, simd.splat_f32s(0.0));
    let y = simd.mul_add_f32s(taken, simd.splat_f32s(-LOWER), relu);
    simd.select_f32s(simd.equal_f32s(x, x), y, x)
}
