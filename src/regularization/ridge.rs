//! Ridge regression, in closed form and direction by direction.

use ndarray::{Array1, Array2, Axis};

use super::cholesky::solve;
use super::error::penalty;
use super::{Design, RegularizationError};
use crate::numerics::make_rows_orthogonal;

/// The minimum of `½ ‖y − Xw‖² + ½ λ ‖w‖²`, as the formula says.
///
/// # Formula
/// `w = (XᵀX + λI)⁻¹ Xᵀy`
///
/// # Shapes
/// → `(p)`
///
/// # Errors
/// [`RegularizationError::Singular`] where `λ = 0` leaves several solutions.
///
/// # Reference
/// Hoerl & Kennard 1970.
pub fn ridge_closed_form(design: &Design, lambda: f64) -> Result<Array1<f64>, RegularizationError> {
    penalty(lambda)?;
    let mut g = design.columns().dot(&design.columns().t());
    g.diag_mut().mapv_inplace(|x| x + lambda);
    let rows: Vec<Vec<f64>> = g.outer_iter().map(|row| row.to_vec()).collect();
    solve(&rows, &design.correlations(design.response()).to_vec()).map(Array1::from_vec)
}

/// Ridge regression for every λ, from one singular value decomposition.
///
/// The penalty shrinks the response along each left singular direction by a factor of its own: little where the
/// data vary much, almost to nothing where they hardly vary. With λ = 0 it is least squares, of all solutions the
/// shortest.
///
/// # Formula
/// `X = Σ sᵢ uᵢ vᵢᵀ`, `w(λ) = Σ vᵢ · sᵢ²/(sᵢ² + λ) · (uᵢᵀy)/sᵢ`, `df(λ) = Σ sᵢ²/(sᵢ² + λ)`
///
/// # Reference
/// Hastie, Tibshirani & Friedman 2009, equations (3.47) and (3.50).
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Ridge};
/// use ndarray::array;
/// let design = Design::as_given(array![[2.0, 0.0], [0.0, 1.0]].view(), array![2.0, 1.0].view())?;
/// let ridge = Ridge::new(&design);
/// assert_eq!(ridge.singular_values().to_vec(), [2.0, 1.0]);
/// assert_eq!(ridge.shrinkage(1.0).to_vec(), [0.8, 0.5]); // not the same in both directions
/// assert!((ridge.degrees_of_freedom(1.0) - 1.3).abs() < 1e-15);
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ridge {
    /// From the largest down: `(k)`.
    singular: Array1<f64>,
    /// One direction a row: `(k, p)`.
    directions: Array2<f64>,
    /// `uᵢᵀy`, `(k)`.
    along: Array1<f64>,
}

impl Ridge {
    /// The decomposition, by one-sided Jacobi on the shorter side of the table: rows are rotated into one another
    /// until they are orthogonal, and their lengths are the singular values. Directions in which nothing but
    /// rounding is left are dropped.
    pub fn new(design: &Design) -> Ridge {
        let (x, y) = (design.columns(), design.response());
        let tall = design.width() <= design.rows();
        let mut rows = if tall { x.to_owned() } else { x.t().as_standard_layout().into_owned() };
        let mut turned = Array2::eye(rows.nrows());
        make_rows_orthogonal(&mut rows, &mut turned);
        let lengths = rows.map_axis(Axis(1), |row| row.dot(&row).sqrt());
        let largest = lengths.fold(0.0, |most: f64, &s| most.max(s));
        let rounding = f64::EPSILON * design.width().max(design.rows()) as f64;
        let mut kept: Vec<usize> = (0..lengths.len()).filter(|&i| lengths[i] > rounding * largest).collect();
        kept.sort_by(|&a, &b| lengths[b].total_cmp(&lengths[a]));
        let singular = lengths.select(Axis(0), &kept);
        let (rows, turned) = (rows.select(Axis(0), &kept), turned.select(Axis(0), &kept));
        // What was rotated is s·u for a tall table and s·v for a wide one.
        let unit = &rows / &singular.view().insert_axis(Axis(1));
        let (left, directions) = if tall { (unit, turned) } else { (turned, unit) };
        Ridge { singular, directions, along: left.dot(&y) }
    }

    /// The singular values, from the largest down: `(k)`.
    pub fn singular_values(&self) -> &Array1<f64> {
        &self.singular
    }

    /// The right singular directions, one a row: `(k, p)`.
    pub fn directions(&self) -> &Array2<f64> {
        &self.directions
    }

    /// The factor by which each direction is shrunk: `(k)`.
    pub fn shrinkage(&self, lambda: f64) -> Array1<f64> {
        // s/(s + λ/s), so that no square overflows.
        self.singular.mapv(|s| s / (s + lambda / s))
    }

    /// The coefficients: `(p)`.
    pub fn coefficients(&self, lambda: f64) -> Array1<f64> {
        let weights = &self.shrinkage(lambda) * &self.along / &self.singular;
        self.directions.t().dot(&weights)
    }

    /// How many coefficients' worth of freedom the fit has: the trace of the matrix that turns `y` into the fit.
    pub fn degrees_of_freedom(&self, lambda: f64) -> f64 {
        self.shrinkage(lambda).sum()
    }
}
