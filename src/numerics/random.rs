//! Random matrices.

use ndarray::{Array1, Array2};
use ndarray_rand::RandomExt;
use rand::Rng;
use rand_distr::StandardNormal;

/// A matrix of independent normal entries with mean 0 and standard deviation `std`.
///
/// # Formula
/// `Xᵢⱼ = std · zᵢⱼ`, `zᵢⱼ ~ N(0, 1)`
///
/// # Shapes
/// → `shape`
///
/// # Examples
/// ```
/// use concepts::numerics::{normal, rng};
/// let x = normal((3, 4), 0.5, &mut rng(7, "doc"));
/// assert_eq!(x.dim(), (3, 4));
/// // Same seed, same draws: only the scale differs.
/// assert_eq!(x, normal((3, 4), 1.0, &mut rng(7, "doc")) * 0.5);
/// ```
pub fn normal(shape: (usize, usize), std: f64, rng: &mut impl Rng) -> Array2<f64> {
    let unit: Array2<f64> = Array2::random_using(shape, StandardNormal, rng);
    unit * std
}

/// A random orthogonal matrix: no direction is preferred (Haar measure).
///
/// Gram–Schmidt turns the rows of a Gaussian matrix into an orthonormal basis. It divides by
/// *positive* lengths, which is what makes the result Haar distributed; a QR routine that leaves the
/// signs of `R` open does not. Each row is made orthogonal twice: one pass leaves an error that grows
/// with the condition of the matrix, the second brings it to rounding.
///
/// # Formula
/// `rᵢ = gᵢ − Σⱼ₍ⱼ<ᵢ₎ (gᵢ·oⱼ) oⱼ`, `oᵢ = rᵢ / ‖rᵢ‖`
///
/// # Shapes
/// → `(n, n)`
///
/// # Reference
/// Mezzadri 2007, *How to Generate Random Matrices from the Classical Compact Groups*.
///
/// # Examples
/// ```
/// use concepts::numerics::{max_difference, orthogonal, rng, tolerance::EXACT_F64};
/// use ndarray::Array2;
/// let o = orthogonal(8, &mut rng(7, "doc"));
/// assert!(max_difference(&o.dot(&o.t()), &Array2::eye(8)) < EXACT_F64);
/// ```
pub fn orthogonal(n: usize, rng: &mut impl Rng) -> Array2<f64> {
    // (n, n): one basis vector a row
    let mut basis = Array2::zeros((n, n));
    for i in 0..n {
        let row = loop {
            // (n)
            let mut row = Array1::random_using(n, StandardNormal, rng);
            let drawn = length(&row);
            for _ in 0..2 {
                for j in 0..i {
                    let along = row.dot(&basis.row(j));
                    row.scaled_add(-along, &basis.row(j));
                }
            }
            let left = length(&row);
            // A draw inside the span so far leaves only rounding: it has no direction, draw again.
            if left > 1e-8 * drawn {
                break row / left;
            }
        };
        basis.row_mut(i).assign(&row);
    }
    basis
}

/// `‖v‖₂`.
fn length(v: &Array1<f64>) -> f64 {
    v.dot(v).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::statistics::{mean, variance, variance_ratio_se};
    use crate::numerics::{max_difference, rng, tolerance::EXACT_F64};

    #[test]
    fn normal_has_the_moments_it_promises() {
        let x = normal((200, 500), 3.0, &mut rng(1, "normal"));
        let values: Vec<f64> = x.iter().copied().collect();
        let n = values.len();
        // Five standard errors.
        assert!(mean(&values).abs() < 5.0 * 3.0 / (n as f64).sqrt());
        assert!((variance(&values) / 9.0 - 1.0).abs() < 5.0 * variance_ratio_se(n, 0.0));
    }

    #[test]
    fn orthogonal_is_orthogonal_on_both_sides() {
        for n in [0, 1, 2, 64] {
            let o = orthogonal(n, &mut rng(2, "orthogonal"));
            assert!(max_difference(&o.dot(&o.t()), &Array2::eye(n)) < EXACT_F64);
            assert!(max_difference(&o.t().dot(&o), &Array2::eye(n)) < EXACT_F64);
        }
    }

    #[test]
    fn orthogonal_prefers_no_sign() {
        // Haar measure: the corner entry has mean 0 and variance 1/n.
        let mut rng = rng(3, "haar");
        let corner: Vec<f64> = (0..4000).map(|_| orthogonal(3, &mut rng)[[2, 2]]).collect();
        assert!(mean(&corner).abs() < 5.0 * (1.0_f64 / 3.0 / 4000.0).sqrt());
        assert!((variance(&corner) * 3.0 - 1.0).abs() < 5.0 * variance_ratio_se(4000, -1.2));
    }
}
