//! GELU, its approximation by tanh, SiLU and gates in `f32`, vectorised.
//!
//! All are `max(x, 0) − |x| q(|x|)` with a falling `q`: `Φ(−t)` for GELU, `σ(−t)` for SiLU. Written so, nothing
//! cancels, and the small values far to the left keep their digits. All products that are followed by a sum are
//! fused on every processor, so every processor gives the same bits.
//!
//! | file | idea |
//! |---|---|
//! | `exp` | `e^x` of a sum of two numbers |
//! | `curve` | the functions, number by number |
//! | `apply` | over slices, one or two at a time |

mod apply;
mod curve;
mod exp;

use self::apply::{one, two};
use self::curve::{Gelu, GeluTanh, Silu};
use super::ActivationError;

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
/// each, and two approximations of less than half a unit together. Of all numbers of `f32`, tried one by one, the worst
/// is off by 6.65, at −11.34. For −∞ the limit −0, for NaN a NaN.
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

/// GELU's approximation by tanh of each number.
///
/// # Formula
/// `x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))) = max(x, 0) − |x| σ(−√(8/π) (|x| + 0.044715 |x|³))`
///
/// # Errors
/// As [`fast_gelu`].
///
/// # Accuracy
/// Within 7 units in the last place of the exact value of this formula, as [`fast_gelu`] of its own.
///
/// # Examples
/// ```
/// use concepts::activation::fast_gelu_tanh;
/// let mut y = [0.0; 1];
/// fast_gelu_tanh(&[1.0], &mut y)?;
/// assert!((y[0] - 0.841_192).abs() < 1e-6);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn fast_gelu_tanh(x: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    one::<GeluTanh>(x, y)
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
