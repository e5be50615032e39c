//! C4, C5, C6: squares.

use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, normal, relative_error, rng};
use concepts::regularization::{
    Design, Kind, RegularizationError, Ridge, Scaling, Sparse, exact_path, lambda_grid, ridge_closed_form,
    sparse_problem, zeros,
};
use ndarray::{Array1, array};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;

const LIKE: Sparse = Sparse { rows: 100, columns: 30, relevant: 6, correlation: 0.8, noise: 1.0 };

/// C4: mean squared error plus λ Σw²
pub(crate) fn formula(c: &mut Case) -> Checked {
    const LAMBDA: f64 = 0.3;
    let w = normal((1, 12), 1.0, &mut rng(c.seed, "Q10 C4"));
    c.value("lambda", LAMBDA);
    c.holds(2.0, |t, factor: f64| {
        let tried = central_difference(|w| LAMBDA * (w * w).sum(), &w, DIFFERENCE_STEP);
        let analytic = &w * (factor * LAMBDA);
        t.at_most("gradient", relative_error(&analytic, &tried), GRADIENT).over(12).drawn();
    })
    .control("no-two", 1.0);
    Ok(())
}

/// C5: uniform shrinkage
pub(crate) fn uniform(c: &mut Case) -> Checked {
    const LAMBDA: f64 = 10.0;
    let made = sparse_problem(LIKE, c.seed);
    let design = Design::as_given(made.x.view(), made.y.view())?;
    let ridge = Ridge::new(&design);
    let (least, shrunk) = (ridge_closed_form(&design, 0.0)?, ridge_closed_form(&design, LAMBDA)?);
    let along = |w: &Array1<f64>| ridge.directions().dot(w);
    let factors = along(&shrunk) / along(&least);
    let (low, high) = factors.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), &x| (a.min(x), b.max(x)));
    let grew = least.iter().zip(&shrunk).filter(|(a, b)| b.abs() > a.abs()).count();
    c.value("lambda", LAMBDA).value("low", low).value("high", high);
    c.value("grew", grew).value("columns", LIKE.columns);
    c.as_written(|t| {
        t.at_least("uniform", low / high, 0.99).over(LIKE.columns).drawn();
    });
    let right = ridge.singular_values().mapv(|s| s * s / (s * s + LAMBDA));
    let mean = Array1::from_elem(factors.len(), factors.sum() / factors.len() as f64);
    let plain = ridge.singular_values().mapv(|s| s / (s + LAMBDA));
    c.corrected(Wrong, right, |t, predicted| {
        let off = (&factors - &predicted).mapv(f64::abs).fold(0.0, |a: f64, &b| a.max(b));
        t.at_most("by-direction", off, ORACLE_F64).over(LIKE.columns).drawn();
    })
    .control("mean", mean)
    .control("not-squared", plain);
    Ok(())
}

/// Coefficients of exactly 0 over a grid of penalties.
type Counted = fn(&Design, &[f64]) -> Result<usize, RegularizationError>;

/// C6: never 0
pub(crate) fn never_zero(c: &mut Case) -> Checked {
    const TRIALS: usize = 20;
    const GRID: usize = 20;
    let seed = c.seed;
    let count = |of: Counted| -> Result<f64, RegularizationError> {
        let mut found = 0;
        for i in 0..TRIALS {
            let made = sparse_problem(LIKE, seed.wrapping_add(1000 * i as u64));
            let design = Design::new(made.x.view(), made.y.view(), Scaling::UnitNorm)?;
            found += of(&design, &lambda_grid(design.lambda_max(), 1e-3, GRID))?;
        }
        Ok(found as f64)
    };
    let of_ridge = |design: &Design, grid: &[f64]| {
        let ridge = Ridge::new(design);
        Ok(grid.iter().map(|&lambda| zeros(ridge.coefficients(lambda).view())).sum())
    };
    let of_lasso = |design: &Design, grid: &[f64]| {
        let path = exact_path(design, Kind::Lasso)?;
        Ok(grid.iter().map(|&lambda| zeros(path.at(lambda).view())).sum())
    };
    // A coefficient that changes its sign passes through 0: XᵀX = [1 .9; .9 1], Xᵀy = (1, .85), at λ = 1/17.
    let x = array![[1.0, 0.9], [0.0, (1.0_f64 - 0.81).sqrt()]];
    let y = array![1.0, (0.85 - 0.9) / (1.0_f64 - 0.81).sqrt()];
    let pair = Design::as_given(x.view(), y.view())?;
    let second = |lambda: f64| {
        Ok::<f64, Box<dyn std::error::Error + Send + Sync>>(ridge_closed_form(&pair, lambda)?[1])
    };
    let (before, passing, after) = (second(0.0)?, second(1.0 / 17.0)?, second(0.1)?);
    c.value("trials", TRIALS * GRID).value("before", before).value("after", after);
    c.holds(count(of_ridge)?, |t, zeros| {
        t.exactly("zeros", zeros, 0.0).over(TRIALS * GRID * LIKE.columns).drawn();
        t.near("passing", passing, 0.0, EXACT_F64);
    })
    .control("lasso", count(of_lasso)?);
    Ok(())
}
