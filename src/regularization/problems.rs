//! Data to try the methods on.

use ndarray::{Array1, Array2};

use crate::numerics::{normal, rng};

/// A table of numbers with names for its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Names of the columns.
    pub names: Vec<String>,
    /// `(n, p)`
    pub x: Array2<f64>,
    /// `(n)`
    pub y: Array1<f64>,
    /// The coefficients that the response was made of, `(p)`, where it was made.
    pub truth: Option<Array1<f64>>,
}

/// The diabetes data: 442 patients, ten measurements at the start, and how far the disease had come a year later.
///
/// Columns in their own units: age, sex (1 or 2), body mass index, average blood pressure, and six blood serum
/// measurements.
///
/// # Reference
/// Efron, Hastie, Johnstone & Tibshirani 2004, table 1, as in scikit-learn's `load_diabetes(scaled=False)`.
///
/// # Examples
/// ```
/// let data = concepts::regularization::diabetes();
/// assert_eq!((data.x.dim(), data.y[0]), ((442, 10), 151.0));
/// assert_eq!(data.names[2], "bmi");
/// ```
pub fn diabetes() -> Problem {
    let mut lines = include_str!("diabetes.csv").lines();
    let head = lines.next().unwrap_or_default();
    let names: Vec<String> = head.split(',').map(String::from).collect();
    // Every line has a number in every place: a test counts them.
    let cells: Vec<f64> =
        lines.flat_map(|line| line.split(',').map(|cell| cell.parse().unwrap_or(f64::NAN))).collect();
    let (p, width) = (names.len() - 1, names.len());
    let n = cells.len() / width;
    let x = Array2::from_shape_fn((n, p), |(i, j)| cells[i * width + j]);
    let y = Array1::from_shape_fn(n, |i| cells[i * width + p]);
    Problem { names: names[..p].to_vec(), x, y, truth: None }
}

/// What a made-up problem is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sparse {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Columns that the response depends on, spread evenly.
    pub relevant: usize,
    /// Correlation of neighbouring columns, from −1 to 1.
    pub correlation: f64,
    /// Standard deviation of the noise; the coefficients are 2, −2, 1 and −1 in turn.
    pub noise: f64,
}

/// A problem of which the solution is known: a response that depends on a few of many correlated columns.
///
/// # Formula
/// `xᵢⱼ = ρ xᵢ,ⱼ₋₁ + √(1−ρ²) zᵢⱼ`, `y = Xw + noise·z`
///
/// # Examples
/// ```
/// use concepts::regularization::{Sparse, sparse_problem};
/// let like = Sparse { rows: 50, columns: 8, relevant: 2, correlation: 0.5, noise: 1.0 };
/// let truth = sparse_problem(like, 7).truth.unwrap();
/// assert_eq!(truth.to_vec(), [2.0, 0.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0]);
/// ```
pub fn sparse_problem(like: Sparse, seed: u64) -> Problem {
    let Sparse { rows, columns, relevant, correlation, noise } = like;
    let mut rng = rng(seed, "sparse problem");
    let mut x = normal((rows, columns), 1.0, &mut rng);
    let own = (1.0 - correlation * correlation).max(0.0).sqrt();
    for j in 1..columns {
        for i in 0..rows {
            x[[i, j]] = correlation * x[[i, j - 1]] + own * x[[i, j]];
        }
    }
    let relevant = relevant.min(columns);
    let mut truth = Array1::zeros(columns);
    for k in 0..relevant {
        truth[k * columns / relevant] = [2.0, -2.0, 1.0, -1.0][k % 4];
    }
    let y = x.dot(&truth) + normal((rows, 1), noise, &mut rng).column(0);
    let names = (1..=columns).map(|j| format!("x{j}")).collect();
    Problem { names, x, y, truth: Some(truth) }
}
