//! Derivatives by trying: the check of every analytic gradient.

use ndarray::Array2;

/// The gradient of `f` at `at`, one entry at a time, by central differences.
///
/// The error is of order `step²` (truncation) plus `EPSILON / step` (rounding);
/// [`DIFFERENCE_STEP`](crate::numerics::tolerance::DIFFERENCE_STEP) balances the two.
///
/// # Formula
/// `∂f/∂xᵢⱼ ≈ (f(x + h eᵢⱼ) − f(x − h eᵢⱼ)) / 2h`
///
/// # Shapes
/// `at (m, n)` → `(m, n)`
///
/// # Examples
/// ```
/// use concepts::numerics::{central_difference, relative_error, tolerance};
/// use ndarray::array;
/// let at = array![[1.0, 2.0]];
/// // f = Σ x³, so f' = 3x²
/// let numeric = central_difference(|x| x.mapv(|v| v * v * v).sum(), &at, tolerance::DIFFERENCE_STEP);
/// assert!(relative_error(&array![[3.0, 12.0]], &numeric) < tolerance::GRADIENT);
/// ```
pub fn central_difference(
    mut f: impl FnMut(&Array2<f64>) -> f64,
    at: &Array2<f64>,
    step: f64,
) -> Array2<f64> {
    let mut x = at.clone();
    Array2::from_shape_fn(at.dim(), |index| {
        // The distance that was really walked: `at + step` is rounded.
        let (right, left) = (at[index] + step, at[index] - step);
        x[index] = right;
        let up = f(&x);
        x[index] = left;
        let down = f(&x);
        x[index] = at[index];
        (up - down) / (right - left)
    })
}

/// How far two gradients are apart, relative to the larger one.
///
/// Two zero gradients are equal: 0. Different shapes: ∞. A NaN stays NaN.
///
/// # Formula
/// `‖a − b‖_F / max(‖a‖_F, ‖b‖_F)`
///
/// # Examples
/// ```
/// use concepts::numerics::relative_error;
/// use ndarray::array;
/// assert_eq!(relative_error(&array![[3.0, 4.0]], &array![[0.0, 0.0]]), 1.0);
/// assert_eq!(relative_error(&array![[0.0]], &array![[0.0]]), 0.0);
/// ```
pub fn relative_error(analytic: &Array2<f64>, numeric: &Array2<f64>) -> f64 {
    if analytic.dim() != numeric.dim() {
        return f64::INFINITY;
    }
    let difference = frobenius(&(analytic - numeric));
    if difference == 0.0 {
        return 0.0;
    }
    difference / frobenius(analytic).max(frobenius(numeric))
}

/// `‖a‖_F = √Σ aᵢⱼ²`.
fn frobenius(a: &Array2<f64>) -> f64 {
    a.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_nan_is_not_a_small_error() {
        assert!(relative_error(&array![[f64::NAN]], &array![[1.0]]).is_nan());
        assert!(relative_error(&array![[1.0]], &array![[f64::NAN]]).is_nan());
        assert_eq!(relative_error(&array![[1.0]], &array![[1.0, 2.0]]), f64::INFINITY);
    }
}
