use ndarray::{Array2, array};

use super::*;
use crate::numerics::tolerance::EXACT_F64;
use crate::numerics::{normal, orthogonal, rng};

/// A symmetric matrix with known eigenvalues.
fn with_spectrum(values: &[f64]) -> Array2<f64> {
    let o = orthogonal(values.len(), &mut rng(1, "spectrum"));
    let diagonal = Array2::from_diag(&Array1::from(values.to_vec()));
    o.dot(&diagonal).dot(&o.t())
}

#[test]
fn eigenvalues_are_found() {
    let known = [-3.0, -1.0, -1.0, 0.0, 2.0, 2.000_001, 7.0];
    let found = symmetric_eigenvalues(&with_spectrum(&known));
    for (a, b) in known.iter().zip(&found) {
        assert!((a - b).abs() < EXACT_F64, "{a} {b}");
    }
}

#[test]
fn the_norm_is_the_largest_singular_value() {
    for shape in [(1, 1), (3, 8), (8, 3), (32, 32)] {
        let a = normal(shape, 1.0, &mut rng(2, "norm"));
        let values = symmetric_eigenvalues(&a.t().dot(&a));
        let largest = values[values.len() - 1].sqrt();
        assert!((spectral_norm(&a) / largest - 1.0).abs() < EXACT_F64);
    }
}

#[test]
fn the_norm_needs_no_gap() {
    for second in [1.0, 1.0 - 1e-3, 1.0 - 1e-6, 1.0 - 1e-9, 1.0 - 1e-12] {
        let a = with_spectrum(&[0.1, -second, 1.0, 0.5]);
        assert!((spectral_norm(&a) - 1.0).abs() < EXACT_F64, "{second}");
    }
}

#[test]
fn the_norm_survives_extreme_scales() {
    for scale in [1e-300, 1e-160, 1e160, 1e300] {
        let a = array![[0.0, 2.0], [1.0, 0.0]] * scale;
        assert!((spectral_norm(&a) / (2.0 * scale) - 1.0).abs() < EXACT_F64);
    }
    assert_eq!(spectral_norm(&Array2::zeros((3, 2))), 0.0);
    assert_eq!(spectral_norm(&Array2::zeros((0, 0))), 0.0);
}

#[test]
fn rank_counts_independent_columns() {
    let mut rng = rng(3, "rank");
    let thin = normal((40, 5), 1.0, &mut rng);
    let wide = normal((5, 30), 1.0, &mut rng);
    assert_eq!(rank(&thin.dot(&wide), EXACT_F64), 5);
    assert_eq!(rank(&(thin.dot(&wide) * 1e200), EXACT_F64), 5);
    assert_eq!(rank(&normal((7, 9), 1.0, &mut rng), EXACT_F64), 7);
    assert_eq!(rank(&Array2::zeros((3, 3)), EXACT_F64), 0);
    assert_eq!(rank(&Array2::zeros((0, 3)), EXACT_F64), 0);
}

#[test]
fn nothing_hides_a_nan() {
    let bad = array![[1.0, f64::NAN], [0.0, 1.0]];
    assert!(max_abs(&bad).is_nan());
    assert!(spectral_norm(&bad).is_nan());
    assert!(symmetric_eigenvalues(&bad).iter().all(|x| x.is_nan()));
    assert!(symmetric_eigenvalues(&Array2::zeros((2, 3))).iter().all(|x| x.is_nan()));
    assert_eq!(max_difference(&bad, &Array2::zeros((1, 1))), f64::INFINITY);
    assert_eq!(rank(&bad, EXACT_F64), 0);
}
