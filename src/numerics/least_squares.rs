//! Least squares by singular values.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

/// Sweeps over all pairs of columns before giving up; a dozen is the usual need.
const SWEEPS: usize = 60;

/// The `x` that makes `A x` closest to `b`; of all such `x` the shortest.
///
/// Directions in which `A` stretches by less than `cutoff` times its largest stretch are left out.
/// What is left of them is rounding, and dividing by it would let noise decide. A small cutoff admits
/// large coefficients, a large one forbids them.
///
/// First `A = Q R`, then one-sided Jacobi on `R`: pairs of columns are rotated until all are
/// orthogonal. Their lengths are then the singular values, each accurate relative to itself.
///
/// NaN everywhere if the shapes do not fit or a number is not finite.
///
/// # Formula
/// `x = Σ vᵢ (uᵢ·b) / σᵢ` over `σᵢ > cutoff · σ_max`, `A = Σ σᵢ uᵢ vᵢᵀ`
///
/// # Shapes
/// `a (m, n)` with `m ≥ n`, `b (m)` → `(n)`
///
/// # Reference
/// Golub & Van Loan, *Matrix Computations*, sections 5.5 and 8.6.
///
/// # Examples
/// ```
/// use concepts::numerics::{least_squares, tolerance::EXACT_F64};
/// use ndarray::array;
/// // a line through (0, 1), (1, 3), (2, 5)
/// let a = array![[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]];
/// let x = least_squares(a.view(), array![1.0, 3.0, 5.0].view(), 1e-12);
/// assert!((x[0] - 1.0).abs() < EXACT_F64 && (x[1] - 2.0).abs() < EXACT_F64);
/// ```
pub fn least_squares(a: ArrayView2<f64>, b: ArrayView1<f64>, cutoff: f64) -> Array1<f64> {
    let (m, n) = a.dim();
    if b.len() != m || m < n || a.iter().chain(b.iter()).any(|x| !x.is_finite()) {
        return Array1::from_elem(n, f64::NAN);
    }
    let (r, qb) = triangular(a, b);
    // Rows of `columns` are the columns of R, so that each is contiguous: (n, n) each.
    let mut columns = r.reversed_axes().as_standard_layout().into_owned();
    let mut v = Array2::eye(n);
    make_rows_orthogonal(&mut columns, &mut v);
    let lengths = columns.map_axis(Axis(1), |column| column.dot(&column).sqrt());
    let largest = lengths.fold(0.0, |a: f64, &b| a.max(b));
    let mut x = Array1::zeros(n);
    for (i, &length) in lengths.iter().enumerate().filter(|(_, length)| **length > cutoff * largest) {
        let weight = columns.row(i).dot(&qb) / (length * length);
        x.scaled_add(weight, &v.row(i));
    }
    x
}

/// `R (n, n)` and `Qᵀ b (n)` of `A = Q R`, by Householder reflections.
fn triangular(a: ArrayView2<f64>, b: ArrayView1<f64>) -> (Array2<f64>, Array1<f64>) {
    let n = a.ncols();
    // Row j is column j of A, the last one is b: (n + 1, m)
    let mut columns: Vec<Vec<f64>> = a.columns().into_iter().map(|column| column.to_vec()).collect();
    columns.push(b.to_vec());
    for k in 0..n {
        let (done, rest) = columns.split_at_mut(k + 1);
        let Some(w) = reflector(&mut done[k], k) else { continue };
        for column in rest {
            let along: f64 = w.iter().zip(&column[k..]).map(|(w, x)| w * x).sum();
            column[k..].iter_mut().zip(&w).for_each(|(x, w)| *x -= 2.0 * along * w);
        }
    }
    let r = Array2::from_shape_fn((n, n), |(i, j)| if i <= j { columns[j][i] } else { 0.0 });
    (r, Array1::from_iter(columns[n].iter().take(n).copied()))
}

/// The unit vector whose reflection sends `column[k..]` to a multiple of its first axis, applied to
/// the column itself. `None` if there is nothing to reflect.
fn reflector(column: &mut [f64], k: usize) -> Option<Vec<f64>> {
    let length = column[k..].iter().map(|x| x * x).sum::<f64>().sqrt();
    if length == 0.0 {
        return None;
    }
    let mut w = column[k..].to_vec();
    // Away from zero, so that nothing cancels.
    let image = if w[0] > 0.0 { -length } else { length };
    w[0] -= image;
    let size = w.iter().map(|x| x * x).sum::<f64>().sqrt();
    w.iter_mut().for_each(|x| *x /= size);
    column[k] = image;
    column[k + 1..].iter_mut().for_each(|x| *x = 0.0);
    Some(w)
}

/// Rotates pairs of rows, in `columns` and `v` alike, until all rows of `columns` are orthogonal.
pub(crate) fn make_rows_orthogonal(columns: &mut Array2<f64>, v: &mut Array2<f64>) {
    let n = columns.nrows();
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for i in 0..n {
            for j in i + 1..n {
                let (a, b) = (columns.row(i), columns.row(j));
                let (aa, bb, ab) = (a.dot(&a), b.dot(&b), a.dot(&b));
                if ab.abs() <= f64::EPSILON * (aa * bb).sqrt() {
                    continue;
                }
                rotated = true;
                let slope = (bb - aa) / (2.0 * ab);
                let tangent = slope.signum() / (slope.abs() + (1.0 + slope * slope).sqrt());
                let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
                rotate(columns, i, j, cosine, cosine * tangent);
                rotate(v, i, j, cosine, cosine * tangent);
            }
        }
        if !rotated {
            return;
        }
    }
}

/// Rotates rows `i < j` into one another.
fn rotate(x: &mut Array2<f64>, i: usize, j: usize, cosine: f64, sine: f64) {
    let (mut low, mut high) = x.view_mut().split_at(Axis(0), j);
    let (a, b) = (low.row_mut(i).into_slice(), high.row_mut(0).into_slice());
    let (Some(a), Some(b)) = (a, b) else { return };
    for (a, b) in a.iter_mut().zip(b) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::tolerance::{EXACT_F64, ORACLE_F64};
    use crate::numerics::{max_abs, normal, rng};
    use ndarray::array;

    #[test]
    fn the_residual_is_orthogonal_to_every_column() {
        let mut rng = rng(1, "least squares");
        let (a, b) = (normal((40, 9), 1.0, &mut rng), normal((1, 40), 1.0, &mut rng));
        let x = least_squares(a.view(), b.row(0), 1e-12);
        let residual = a.dot(&x) - b.row(0);
        assert!(max_abs(&a.t().dot(&residual).insert_axis(Axis(0))) < EXACT_F64);
    }

    #[test]
    fn of_many_solutions_it_takes_the_shortest() {
        // Two equal columns: x₁ + x₂ = 2.
        let x = least_squares(array![[1.0, 1.0], [1.0, 1.0]].view(), array![2.0, 2.0].view(), 1e-12);
        assert!((x[0] - 1.0).abs() < EXACT_F64 && (x[1] - 1.0).abs() < EXACT_F64);
    }

    #[test]
    fn a_hilbert_matrix_is_solved_as_far_as_the_cutoff_allows() {
        let hilbert = Array2::from_shape_fn((8, 8), |(i, j)| 1.0 / (i + j + 1) as f64);
        let b = hilbert.dot(&Array1::ones(8));
        let error = |cutoff| (least_squares(hilbert.view(), b.view(), cutoff) - 1.0).mapv(f64::abs).sum();
        assert!(error(1e-14) < 1e-4, "{}", error(1e-14));
        // Cut off, the fit is still good: only the directions that b cannot tell are lost.
        let x = least_squares(hilbert.view(), b.view(), 1e-8);
        assert!(max_abs(&(hilbert.dot(&x) - &b).insert_axis(Axis(0))) < 1e-6);
    }

    #[test]
    fn shapes_that_do_not_fit_have_no_answer() {
        let a = array![[1.0, 2.0]];
        assert!(least_squares(a.view(), array![1.0].view(), 0.0).iter().all(|x| x.is_nan()));
        let nan = array![[f64::NAN], [1.0]];
        assert!(least_squares(nan.view(), array![1.0, 1.0].view(), ORACLE_F64)[0].is_nan());
    }

    #[test]
    fn a_column_of_zeros_gets_nothing() {
        let x = least_squares(array![[1.0, 0.0], [1.0, 0.0]].view(), array![3.0, 3.0].view(), 1e-12);
        assert!((x[0] - 3.0).abs() < EXACT_F64 && x[1] == 0.0);
    }
}
