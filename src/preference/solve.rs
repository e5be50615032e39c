//! Small systems of linear equations.

use ndarray::{Array1, Array2};

/// The solution of `A x = b` for a symmetric positive definite matrix, and `None` where it is not.
pub(super) fn solve(a: &Array2<f64>, b: &Array1<f64>) -> Option<Array1<f64>> {
    Some(substituted(&cholesky(a)?, b))
}

/// The solution of `L Lᵀ x = b`.
fn substituted(l: &Array2<f64>, b: &Array1<f64>) -> Array1<f64> {
    let n = b.len();
    let mut x = b.clone();
    for i in 0..n {
        for k in 0..i {
            x[i] -= l[[i, k]] * x[k];
        }
        x[i] /= l[[i, i]];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= l[[k, i]] * x[k];
        }
        x[i] /= l[[i, i]];
    }
    x
}

/// The inverse of a symmetric positive definite matrix, factored once.
pub(super) fn inverse(a: &Array2<f64>) -> Option<Array2<f64>> {
    let (n, l) = (a.nrows(), cholesky(a)?);
    let mut out = Array2::zeros((n, n));
    for j in 0..n {
        let unit = Array1::from_shape_fn(n, |i| if i == j { 1.0 } else { 0.0 });
        out.column_mut(j).assign(&substituted(&l, &unit));
    }
    Some(out)
}

/// The lower factor `L` of `A = L Lᵀ`.
fn cholesky(a: &Array2<f64>) -> Option<Array2<f64>> {
    let n = a.nrows();
    let mut l = Array2::<f64>::zeros((n, n));
    for i in 0..n {
        for j in 0..=i {
            let mut rest = a[[i, j]];
            for k in 0..j {
                rest -= l[[i, k]] * l[[j, k]];
            }
            if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                l[[i, i]] = rest.sqrt();
            } else {
                l[[i, j]] = rest / l[[j, j]];
            }
        }
    }
    Some(l)
}
