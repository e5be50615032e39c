//! Small dense linear algebra: a few dozen rows, accuracy before speed.

use ndarray::{Array1, Array2};

/// How many squarings [`spectral_norm`] makes at most: `2⁵⁰` steps of a power iteration, so that two
/// singular values are told apart down to the rounding of `f64`.
const SQUARINGS: usize = 50;

/// The largest factor by which `a` can stretch a vector: its largest singular value.
///
/// Squaring the Gram matrix `k` times does the work of `2ᵏ` steps of the power iteration and needs no
/// start vector that might miss the direction. So the result does not depend on a gap between the
/// two largest singular values, and never lies above the true one but for rounding. A NaN or an
/// infinite entry gives NaN; an empty matrix gives 0.
///
/// # Formula
/// `‖A‖₂ = max ‖A x‖ / ‖x‖ = √λ_max(AᵀA)`; `λ_max = lim tr(BᵖB)/tr(Bᵖ)`, `B = AᵀA`, `p = 2ᵏ`
///
/// # Shapes
/// `(m, n)` → one number
///
/// # Examples
/// ```
/// use concepts::numerics::{spectral_norm, tolerance::EXACT_F64};
/// use ndarray::array;
/// assert!((spectral_norm(&array![[0.0, 3.0], [-2.0, 0.0]]) - 3.0).abs() < EXACT_F64);
/// ```
pub fn spectral_norm(a: &Array2<f64>) -> f64 {
    let scale = max_abs(a);
    if !scale.is_finite() {
        return f64::NAN;
    }
    if scale == 0.0 {
        return 0.0;
    }
    // Entries of at most 1, so that the squares neither overflow nor underflow.
    let unit = a / scale;
    // The smaller of AᵀA and AAᵀ: both have the same largest eigenvalue.
    let gram = if unit.nrows() < unit.ncols() { unit.dot(&unit.t()) } else { unit.t().dot(&unit) };
    // B^p / tr(B^p): tends to the projection on the direction of the largest eigenvalue.
    let mut power = &gram / gram.diag().sum();
    for _ in 0..SQUARINGS {
        let square = power.dot(&power);
        let next = &square / square.diag().sum();
        let moved = max_difference(&next, &power);
        power = next;
        // A projection does not change under squaring: nothing more to gain.
        if moved < f64::EPSILON {
            break;
        }
    }
    scale * (&power * &gram).sum().sqrt()
}

/// The eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations.
///
/// Each rotation sets one off-diagonal pair to 0; what is left beside the diagonal shrinks
/// quadratically. Only the upper triangle and the diagonal are trusted: the lower triangle is taken
/// to be their mirror image. A matrix that is not square, or has an entry that is not finite, has no
/// answer: every value is NaN.
///
/// # Formula
/// `tan 2θ = 2 aₚᵩ / (aᵩᵩ − aₚₚ)`, `A ← RᵀAR`
///
/// # Shapes
/// `(n, n)` → `(n)`
///
/// # Reference
/// Golub & Van Loan, *Matrix Computations*, section 8.5.
///
/// # Examples
/// ```
/// use concepts::numerics::{symmetric_eigenvalues, tolerance::EXACT_F64};
/// use ndarray::array;
/// let values = symmetric_eigenvalues(&array![[2.0, 1.0], [1.0, 2.0]]);
/// assert!((values[0] - 1.0).abs() < EXACT_F64 && (values[1] - 3.0).abs() < EXACT_F64);
/// ```
pub fn symmetric_eigenvalues(a: &Array2<f64>) -> Array1<f64> {
    let n = a.nrows();
    if !a.is_square() || a.iter().any(|x| !x.is_finite()) {
        return Array1::from_elem(n, f64::NAN);
    }
    // (n, n)
    let mut m = Array2::from_shape_fn((n, n), |(i, j)| a[[i.min(j), i.max(j)]]);
    let negligible = f64::EPSILON * f64::EPSILON * m.iter().map(|x| x * x).sum::<f64>();
    // Quadratic convergence: about ten sweeps at n = 100.
    for _ in 0..60 {
        let beside: f64 = m.indexed_iter().filter(|((i, j), _)| i != j).map(|(_, x)| x * x).sum();
        if beside <= negligible {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut m, p, q);
            }
        }
    }
    let mut values = m.diag().to_vec();
    values.sort_by(f64::total_cmp);
    Array1::from(values)
}

/// One Jacobi rotation: makes `m[p][q]` zero.
fn rotate(m: &mut Array2<f64>, p: usize, q: usize) {
    if m[[p, q]] == 0.0 {
        return;
    }
    let theta = (m[[q, q]] - m[[p, p]]) / (2.0 * m[[p, q]]);
    // The smaller of the two angles: the larger one would also swap the two eigenvalues.
    let tan = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cos = 1.0 / tan.hypot(1.0);
    let sin = tan * cos;
    for k in 0..m.nrows() {
        let (kp, kq) = (m[[k, p]], m[[k, q]]);
        m[[k, p]] = cos * kp - sin * kq;
        m[[k, q]] = sin * kp + cos * kq;
    }
    for k in 0..m.nrows() {
        let (pk, qk) = (m[[p, k]], m[[q, k]]);
        m[[p, k]] = cos * pk - sin * qk;
        m[[q, k]] = sin * pk + cos * qk;
    }
}

/// How many columns of `a` are linearly independent, by Gram–Schmidt with pivoting.
///
/// The longest remaining column is taken, its direction removed from all others, and so on until
/// every remaining column is shorter than `tolerance` times the longest column of `a` itself.
/// [`EXACT_F64`](crate::numerics::tolerance::EXACT_F64) suits matrices of a few hundred rows. A
/// matrix with an entry that is not finite has no independent column to show: 0.
///
/// # Shapes
/// `(m, n)` → one number of at most `min(m, n)`
///
/// # Examples
/// ```
/// use concepts::numerics::{rank, tolerance::EXACT_F64};
/// use ndarray::array;
/// assert_eq!(rank(&array![[1.0, 2.0], [2.0, 4.0]], EXACT_F64), 1);
/// ```
pub fn rank(a: &Array2<f64>, tolerance: f64) -> usize {
    let scale = max_abs(a);
    if !scale.is_finite() || scale == 0.0 {
        return 0;
    }
    // (n, m): one column of `a` a row, with entries of at most 1 so that lengths do not overflow
    let mut rest = a.t().to_owned() / scale;
    let mut first = 0.0;
    for found in 0..a.nrows().min(a.ncols()) {
        let lengths: Vec<f64> = rest.outer_iter().map(|row| row.dot(&row).sqrt()).collect();
        let (longest, length) =
            lengths.iter().enumerate().fold((0, 0.0), |best, (i, &l)| if l > best.1 { (i, l) } else { best });
        if found == 0 {
            first = length;
        }
        if length <= tolerance * first {
            return found;
        }
        let direction = &rest.row(longest) / length;
        for mut row in rest.outer_iter_mut() {
            // Twice: one pass leaves a remainder of the size of the tolerance.
            for _ in 0..2 {
                let along = row.dot(&direction);
                row.scaled_add(-along, &direction);
            }
        }
    }
    a.nrows().min(a.ncols())
}

/// The largest absolute value; NaN if an entry is NaN, 0 for an empty matrix.
///
/// # Examples
/// ```
/// use concepts::numerics::max_abs;
/// use ndarray::array;
/// assert_eq!(max_abs(&array![[1.0, -3.0]]), 3.0);
/// assert!(max_abs(&array![[f64::NAN, 1.0]]).is_nan());
/// ```
pub fn max_abs(a: &Array2<f64>) -> f64 {
    // `f64::max` drops a NaN, and a broken result would look perfect.
    a.iter().fold(0.0, |best: f64, &x| if best.is_nan() || x.is_nan() { f64::NAN } else { best.max(x.abs()) })
}

/// The largest absolute difference of two matrices. NaN if one is involved, ∞ if the shapes differ:
/// so `max_difference(..) < tolerance` is never true by accident.
///
/// # Examples
/// ```
/// use concepts::numerics::max_difference;
/// use ndarray::array;
/// assert_eq!(max_difference(&array![[1.0, 2.0]], &array![[1.0, 2.5]]), 0.5);
/// assert!(max_difference(&array![[f64::NAN]], &array![[f64::NAN]]).is_nan());
/// ```
pub fn max_difference(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    if a.dim() == b.dim() { max_abs(&(a - b)) } else { f64::INFINITY }
}

#[cfg(test)]
mod tests;
