//! Why a penalty at all.

use concepts::regularization::RegularizationError;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::experiments::polynomial::{DEGREE, NOISE, POINTS, errors};
use crate::row;

/// Draws of which the median is shown.
const DRAWS: usize = 25;
const LAMBDAS: [f64; 7] = [0.0, 1e-5, 1e-3, 0.01, 0.1, 1.0, 100.0];

pub(crate) fn overfitting(seed: u64) -> Result<Findings, RegularizationError> {
    let mut f = Findings::default();
    let found = errors(&LAMBDAS, POINTS, DRAWS, seed)?;
    f.number("degree", DEGREE as f64);
    f.number("points", POINTS as f64);
    f.number("noise", NOISE);
    f.number("draws", DRAWS as f64);
    let rows = found.iter().map(|e| {
        let said = if e.lambda == 0.0 { "0".into() } else { format!("{:e}", e.lambda) };
        row![said, e.train, e.test, e.norm]
    });
    f.table("overfit", Grid::new("overfit", &WORDS).rows(rows).table());
    Ok(f)
}
