//! Two columns that are the same.

use concepts::numerics::{normal, rng};
use concepts::regularization::{
    Design, Kind, Penalty, RegularizationError, Ridge, Scaling, Stop, coordinate_descent, exact_path,
    ridge_closed_form,
};
use ndarray::{Array1, Array2};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::regularization::WORDS;
use crate::row;

/// Rows of the example.
const ROWS: usize = 100;

/// `y = 2·x₁ + x₃ + noise`, and `x₂` a copy of `x₁`.
pub(crate) fn twins(seed: u64) -> Result<Findings, RegularizationError> {
    let mut f = Findings::default();
    let drawn = normal((ROWS, 3), 1.0, &mut rng(seed, "regularization twins"));
    let x = Array2::from_shape_fn((ROWS, 3), |(i, j)| drawn[[i, [0, 0, 1][j]]]);
    let y = Array1::from_shape_fn(ROWS, |i| 2.0 * drawn[[i, 0]] + drawn[[i, 1]] + 0.5 * drawn[[i, 2]]);
    let design = Design::new(x.view(), y.view(), Scaling::Centred)?;
    let half = ROWS as f64 / 10.0;
    let descent = |l1: f64, l2: f64| {
        let stop = Stop { gap: 1e-12, passes: 10_000 };
        coordinate_descent(&design, Penalty { l1, l2 }, Array1::zeros(3).view(), stop)
    };
    let (lasso, net) = (exact_path(&design, Kind::Lasso)?.at(half), descent(half, half)?.coefficients);
    let (ridge, least) = (ridge_closed_form(&design, half)?, Ridge::new(&design).coefficients(0.0));
    let mut grid = Grid::new("twins", &WORDS).value("lambda", half);
    for (id, w) in [("least", least), ("ridge", ridge), ("lasso", lasso), ("net", net)] {
        grid = grid.said(id, row![w[0], w[1], w[2]]);
    }
    f.table("twins", grid.table());
    Ok(f)
}
