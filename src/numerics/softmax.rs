//! Softmax, its logarithm and its Jacobian.

use ndarray::{Array1, Array2, ArrayView1, Axis};

/// Turns scores into weights that are positive and sum to one.
///
/// The largest score is subtracted first. That changes nothing in exact arithmetic and keeps `exp`
/// from overflowing: in `f64` above 709.8, in `f32` above 88.7, in `f16` above 11.1.
///
/// A score of −∞ gets weight 0. If *all* scores are −∞ there is nothing to share the weight
/// between: the result is all zeros, never NaN. A score that is NaN makes every weight NaN: a mistake
/// upstream is not hidden.
///
/// # Formula
/// `pᵢ = exp(sᵢ − m) / Σⱼ exp(sⱼ − m)`, `m = maxⱼ sⱼ`
///
/// # Shapes
/// `(n)` → `(n)`
///
/// # Examples
/// ```
/// use concepts::numerics::softmax::softmax;
/// use ndarray::array;
/// // softmax of logarithms gives fractions
/// let p = softmax(array![1f64.ln(), 2f64.ln(), 5f64.ln()].view());
/// assert!((p[2] - 5.0 / 8.0).abs() < 1e-15);
/// ```
pub fn softmax(scores: ArrayView1<f64>) -> Array1<f64> {
    if scores.iter().all(|&s| s == f64::NEG_INFINITY) {
        return Array1::zeros(scores.len());
    }
    let max = scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let exps = scores.mapv(|s| libm::exp(s - max));
    let sum = exps.sum();
    exps / sum
}

/// The logarithm of [`softmax`], without taking the logarithm of a number that may have become 0.
///
/// If all scores are −∞, so are all logarithms: the weights are 0, as in [`softmax`].
///
/// # Formula
/// `ln pᵢ = (sᵢ − m) − ln Σⱼ exp(sⱼ − m)`
///
/// # Shapes
/// `(n)` → `(n)`
///
/// # Examples
/// ```
/// use concepts::numerics::softmax::log_softmax;
/// use ndarray::array;
/// let l = log_softmax(array![0.0, -1e4].view());
/// assert_eq!(l[1], -1e4); // softmax itself would give 0 here, and ln 0 = −∞
/// ```
pub fn log_softmax(scores: ArrayView1<f64>) -> Array1<f64> {
    if scores.iter().all(|&s| s == f64::NEG_INFINITY) {
        return scores.to_owned();
    }
    let max = scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let sum: f64 = scores.iter().map(|&s| libm::exp(s - max)).sum();
    scores.mapv(|s| (s - max) - libm::log(sum))
}

/// [`softmax`] of each row.
///
/// # Shapes
/// `(n_q, n_k)` → `(n_q, n_k)`
///
/// # Examples
/// ```
/// use concepts::numerics::softmax::softmax_rows;
/// use ndarray::array;
/// let p = softmax_rows(&array![[0.0, 0.0], [0.0, f64::NEG_INFINITY]]);
/// assert_eq!(p, array![[0.5, 0.5], [1.0, 0.0]]);
/// ```
pub fn softmax_rows(scores: &Array2<f64>) -> Array2<f64> {
    let mut weights = Array2::zeros(scores.dim());
    for (row, mut out) in scores.axis_iter(Axis(0)).zip(weights.axis_iter_mut(Axis(0))) {
        out.assign(&softmax(row));
    }
    weights
}

/// How each weight reacts to each score, given the weights `p = softmax(s)`.
///
/// The matrix is symmetric, its rows sum to 0 (adding a constant to all scores changes nothing) and
/// its largest eigenvalue is at most 1/2. Where `p` is nearly one-hot *every* entry is nearly 0: a
/// saturated softmax passes no gradient.
///
/// # Formula
/// `∂pᵢ/∂sⱼ = pᵢ (δᵢⱼ − pⱼ)`, or `J = diag(p) − p pᵀ`
///
/// # Shapes
/// `(n)` → `(n, n)`
///
/// # Examples
/// ```
/// use concepts::numerics::softmax::softmax_jacobian;
/// use ndarray::array;
/// let j = softmax_jacobian(array![0.5, 0.5].view());
/// assert_eq!(j, array![[0.25, -0.25], [-0.25, 0.25]]);
/// ```
pub fn softmax_jacobian(p: ArrayView1<f64>) -> Array2<f64> {
    Array2::from_shape_fn((p.len(), p.len()), |(i, j)| {
        let delta = if i == j { 1.0 } else { 0.0 };
        p[i] * (delta - p[j])
    })
}

/// The Frobenius norm of [`softmax_jacobian`], without building the matrix.
///
/// # Formula
/// `‖J‖² = Σ pᵢ² − 2 Σ pᵢ³ + (Σ pᵢ²)²`
///
/// # Examples
/// ```
/// use concepts::numerics::softmax::softmax_jacobian_norm;
/// use ndarray::array;
/// assert_eq!(softmax_jacobian_norm(array![0.5, 0.5].view()), 0.5);
/// assert_eq!(softmax_jacobian_norm(array![1.0, 0.0].view()), 0.0); // saturated
/// ```
pub fn softmax_jacobian_norm(p: ArrayView1<f64>) -> f64 {
    // Near saturation one weight is nearly 1 and the norm nearly 0. The expanded formula would subtract
    // nearly equal numbers, and so would 1 − p and Σp² − p² of the largest weight: what is beside it is
    // summed up instead.
    let largest = p.iter().enumerate().fold(0, |best, (i, x)| if *x > p[best] { i } else { best });
    let beside = |power| -> f64 {
        p.iter().enumerate().filter(|(i, _)| *i != largest).map(|(_, x)| x.powi(power)).sum()
    };
    let (rest, rest_squares) = (beside(1), beside(2));
    let squares: f64 = p.iter().map(|&x| x * x).sum();
    // Row i: the diagonal pᵢ²(1 − pᵢ)², and beside it pᵢ² Σ pⱼ², j ≠ i.
    let row = |(i, &x): (usize, &f64)| {
        let (left, left_squares) =
            if i == largest { (rest, rest_squares) } else { (1.0 - x, squares - x * x) };
        x * x * (left * left + left_squares)
    };
    let sum: f64 = p.iter().enumerate().map(row).sum();
    sum.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::tolerance::EXACT_F64;
    use ndarray::array;

    #[test]
    fn nothing_to_share_gives_zeros_and_no_nan() {
        let hidden = array![f64::NEG_INFINITY, f64::NEG_INFINITY];
        assert_eq!(softmax(hidden.view()), array![0.0, 0.0]);
        assert_eq!(log_softmax(hidden.view()), hidden);
    }

    #[test]
    fn the_norm_of_a_saturated_jacobian_keeps_its_digits() {
        // Two weights p and 1 − p: every entry is ±p(1 − p), so the norm is twice that.
        for gap in [1.0, 10.0, 20.0, 30.0, 300.0] {
            for scores in [array![0.0, -gap], array![-gap, 0.0]] {
                let p = softmax(scores.view());
                let exact = 2.0 * p[0] * p[1];
                assert!((softmax_jacobian_norm(p.view()) / exact - 1.0).abs() < EXACT_F64, "{gap}");
            }
        }
        let p = softmax(array![0.3, -1.0, 2.0, 0.1].view());
        let whole = softmax_jacobian(p.view()).iter().map(|x| x * x).sum::<f64>().sqrt();
        assert!((softmax_jacobian_norm(p.view()) / whole - 1.0).abs() < EXACT_F64);
    }

    #[test]
    fn a_nan_is_not_hidden() {
        for scores in [array![f64::NAN, f64::NAN], array![f64::NAN, 1.0], array![f64::NEG_INFINITY, f64::NAN]]
        {
            assert!(softmax(scores.view()).iter().all(|p| p.is_nan()), "{scores}");
            assert!(log_softmax(scores.view()).iter().all(|p| p.is_nan()), "{scores}");
        }
    }

    #[test]
    fn huge_scores_do_not_overflow() {
        assert_eq!(softmax(array![1e4, -1e4].view()), array![1.0, 0.0]);
        assert_eq!(softmax(array![1e308, 1e308].view()), array![0.5, 0.5]);
    }
}
