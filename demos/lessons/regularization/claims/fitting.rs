//! C1, C7: what a penalty is for.

use concepts::regularization::{Design, Ridge, Scaling, Sparse, lambda_grid, sparse_problem};

use crate::kit::case::{Case, Checked};
use crate::lessons::regularization::experiments::polynomial::{DEGREE, POINTS, errors};

/// C1: against overfitting
pub(crate) fn overfitting(c: &mut Case) -> Checked {
    const DRAWS: usize = 60;
    const LAMBDAS: [f64; 5] = [0.0, 1e-3, 0.01, 0.1, 100.0];
    const PLENTY: usize = 400;
    let seed = c.seed;
    let of = |points| errors(&LAMBDAS, points, DRAWS, seed);
    c.value("degree", DEGREE).value("points", POINTS).value("draws", DRAWS).value("plenty", PLENTY);
    c.holds(of(POINTS)?, |t, found| {
        let best = found.iter().map(|e| e.test).fold(f64::INFINITY, f64::min);
        let falls = found.windows(2).filter(|pair| pair[1].train < pair[0].train).count();
        t.at_least("without", found[0].test / best, 2.0).over(DRAWS).drawn();
        t.at_least("too-much", found[4].test / best, 2.0).over(DRAWS).drawn();
        t.exactly("train", falls as f64, 0.0).over(LAMBDAS.len()).drawn();
    })
    .control("many", of(PLENTY)?);
    Ok(())
}

/// C7: smaller weights
pub(crate) fn smaller(c: &mut Case) -> Checked {
    const LIKE: Sparse = Sparse { rows: 60, columns: 20, relevant: 5, correlation: 0.8, noise: 2.0 };
    let made = sparse_problem(LIKE, c.seed);
    let design = Design::new(made.x.view(), made.y.view(), Scaling::UnitVariance)?;
    let ridge = Ridge::new(&design);
    let grid = lambda_grid(1e4, 1e-8, 50);
    let norms = |grid: &[f64]| -> Vec<[f64; 2]> {
        let of = |&lambda: &f64| {
            let w = ridge.coefficients(lambda);
            [w.dot(&w).sqrt(), w.fold(0.0, |most: f64, w| most.max(w.abs()))]
        };
        grid.iter().map(of).collect()
    };
    let flat = vec![1e-4; grid.len()];
    c.holds(norms(&grid), |t, norms| {
        // From the largest penalty down the norm must rise at every step.
        let wrong = norms.windows(2).filter(|pair| pair[1][0] < pair[0][0]).count();
        t.exactly("monotone", wrong as f64, 0.0).over(norms.len()).drawn();
        t.at_most("largest", norms[0][1] / norms[norms.len() - 1][1], 0.1).over(LIKE.columns).drawn();
    })
    .control("no-penalty", norms(&flat));
    Ok(())
}
