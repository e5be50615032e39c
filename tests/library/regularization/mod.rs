//! Ridge, lasso, elastic net and optimisers.
//!
//! | file | what it checks |
//! |---|---|
//! | `oracle` | scikit-learn's paths and cross-validation, PyTorch's optimisers |
//! | `properties` | the readable twin and the fast path, the conditions of an optimum, exact paths |
//! | `hostile` | input that cannot be met, or hardly |

mod hostile;
mod oracle;
mod properties;

use ndarray::{Array1, Array2};

/// The largest difference, relative to the largest expected value.
fn off(found: &Array1<f64>, expected: &Array1<f64>) -> f64 {
    assert_eq!(found.len(), expected.len());
    let scale = expected.fold(1.0, |most: f64, x| most.max(x.abs()));
    let differences = (found - expected).mapv(|d| d.abs() / scale);
    differences.fold(0.0, |most: f64, &d| if d.is_nan() { f64::INFINITY } else { most.max(d) })
}

fn matrix(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}
