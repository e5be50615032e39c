//! Choosing λ by what was not learned from.

use ndarray::{Array1, Array2, Axis};
use rand::seq::SliceRandom;

use super::{Design, RegularizationError, Ridge, Stop, lasso_path};
use crate::numerics::rng;

/// Errors on held-out rows, penalty by penalty.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossValidation {
    /// The penalties, as they were given.
    pub lambdas: Vec<f64>,
    /// Mean squared error of each fold at each penalty: `(folds, λ)`.
    pub errors: Array2<f64>,
    /// Mean over the folds.
    pub mean: Vec<f64>,
    /// Standard error of that mean.
    pub error: Vec<f64>,
    /// Place of the smallest mean.
    pub best: usize,
    /// Place of the largest penalty whose mean is within one standard error of the smallest.
    pub one_standard_error: usize,
}

/// Which fold each row belongs to: sizes differ by one at most, and the order is drawn.
///
/// # Errors
/// [`RegularizationError::Folds`] for fewer than 2, or more than rows.
pub fn folds(rows: usize, folds: usize, seed: u64) -> Result<Vec<usize>, RegularizationError> {
    if folds < 2 || folds > rows {
        return Err(RegularizationError::Folds { folds, rows });
    }
    let mut of: Vec<usize> = (0..rows).map(|row| row % folds).collect();
    of.shuffle(&mut rng(seed, "regularization folds"));
    Ok(of)
}

/// Cross-validation of the elastic net, of the lasso with `α = 1`, of the ridge with `α = 0`.
///
/// Each fold is left out once. What is left is centred anew and keeps the scale of the whole table, and the
/// penalty is reduced with the number of rows, as the sum of squares is: so a λ means the same in every fold.
///
/// # Shapes
/// `fold (n)`, numbers from 0
///
/// # Errors
/// Those of [`lasso_path`]; [`RegularizationError::Grid`] for fewer than 2 penalties, [`RegularizationError::Folds`]
/// where a fold leaves fewer than 2 rows.
///
/// # Reference
/// Breiman, Friedman, Olshen & Stone 1984, section 3.4.3, for the rule of one standard error.
pub fn cross_validate(
    design: &Design,
    lambdas: &[f64],
    alpha: f64,
    fold: &[usize],
    stop: Stop,
) -> Result<CrossValidation, RegularizationError> {
    let (n, count) = (design.rows(), fold.iter().max().map_or(0, |last| last + 1));
    let points = lambdas.len();
    if points < 2 {
        return Err(RegularizationError::Grid { points });
    }
    if count < 2 || fold.len() != n {
        return Err(RegularizationError::Folds { folds: count, rows: n });
    }
    let mut errors = Array2::zeros((count, points));
    for (k, mut row) in errors.outer_iter_mut().enumerate() {
        let (out, inside): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| fold[i] == k);
        let (x, y) = (design.columns().select(Axis(1), &out), design.response().select(Axis(0), &out));
        let part = design.part(&inside);
        let share = inside.len() as f64 / n as f64;
        let smaller: Vec<f64> = lambdas.iter().map(|lambda| lambda * share).collect();
        for (error, w) in row.iter_mut().zip(solutions(&part, &smaller, alpha, stop)?) {
            let (intercept, w) = part.in_units(w.view());
            let off = &y - &x.t().dot(&w) - intercept;
            *error = off.dot(&off) / out.len() as f64;
        }
    }
    Ok(chosen(lambdas.to_vec(), errors))
}

fn solutions(
    part: &Design,
    lambdas: &[f64],
    alpha: f64,
    stop: Stop,
) -> Result<Vec<Array1<f64>>, RegularizationError> {
    if alpha == 0.0 {
        let ridge = Ridge::new(part);
        return Ok(lambdas.iter().map(|&lambda| ridge.coefficients(lambda)).collect());
    }
    Ok(lasso_path(part, lambdas, alpha, stop)?.into_iter().map(|fit| fit.coefficients).collect())
}

fn chosen(lambdas: Vec<f64>, errors: Array2<f64>) -> CrossValidation {
    let k = errors.nrows() as f64;
    let mean: Vec<f64> = errors.columns().into_iter().map(|of| of.sum() / k).collect();
    // Errors are squares already: squared again, those of a large or a tiny response would not be numbers.
    let spread = |(of, mean): (ndarray::ArrayView1<f64>, &f64)| {
        let unit = of.fold(f64::MIN_POSITIVE, |most: f64, e| most.max(*e));
        unit * (of.fold(0.0, |sum, e| sum + ((e - mean) / unit).powi(2)) / (k - 1.0) / k).sqrt()
    };
    let error: Vec<f64> = errors.columns().into_iter().zip(&mean).map(spread).collect();
    let best = (0..mean.len()).fold(0, |best, i| if mean[i] < mean[best] { i } else { best });
    let allowed = mean[best] + error[best];
    let larger = (0..mean.len()).filter(|&i| mean[i] <= allowed);
    let one_standard_error = larger.fold(best, |most, i| if lambdas[i] > lambdas[most] { i } else { most });
    CrossValidation { lambdas, errors, mean, error, best, one_standard_error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regularization::{Scaling, diabetes, lambda_grid};

    /// The unit of the response changes no choice.
    #[test]
    fn the_choice_does_not_depend_on_the_unit_of_the_response() {
        let data = diabetes();
        let fold = folds(data.y.len(), 5, 7).unwrap();
        let chosen = |unit: f64| {
            let y = data.y.mapv(|y| y * unit);
            let design = Design::new(data.x.view(), y.view(), Scaling::UnitNorm).unwrap();
            let grid = lambda_grid(design.lambda_max(), 1e-4, 20);
            let of = cross_validate(&design, &grid, 1.0, &fold, Stop::default()).unwrap();
            assert!(of.error.iter().all(|error| error.is_finite() && *error > 0.0), "{unit:e}");
            (of.best, of.one_standard_error)
        };
        let own = chosen(1.0);
        assert!(own.1 < own.0);
        for unit in [2f64.powi(320), 2f64.powi(-320)] {
            assert_eq!(chosen(unit), own, "{unit:e}");
        }
    }
}
