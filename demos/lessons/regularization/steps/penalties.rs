//! Both penalties, one coefficient at a time.

use concepts::regularization::{Penalty, soft_threshold};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::regularization::WORDS;
use crate::row;

/// What least squares alone would give.
const ALONE: [f64; 8] = [-3.0, -1.5, -1.0, -0.3, 0.3, 0.9, 1.5, 3.0];

pub(crate) fn penalties() -> Findings {
    let mut f = Findings::default();
    f.formula("f_lasso", r"\tfrac12\|y - Xw\|^2 + \lambda \sum_j |w_j|", "½‖y − Xw‖² + λ·Σ|wⱼ|");
    f.formula("f_ridge", r"\tfrac12\|y - Xw\|^2 + \tfrac12\lambda \sum_j w_j^2", "½‖y − Xw‖² + ½λ·Σwⱼ²");
    f.formula(
        "f_soft",
        r"w_{\mathrm{lasso}} = \mathrm{sign}(b)\max(|b| - \lambda, 0),\quad w_{\mathrm{ridge}} = \frac{b}{1 + \lambda}",
        "w_lasso = sign(b)·max(|b| − λ, 0)    w_ridge = b / (1 + λ)",
    );
    let of = |b: f64, l1: f64, l2: f64| soft_threshold(b, Penalty { l1, l2 });
    let rows = ALONE.map(|b| row![format!("{b}"), of(b, 1.0, 0.0), of(b, 0.0, 1.0), of(b, 0.5, 0.5)]);
    f.table("shrunk", Grid::new("shrunk", &WORDS).rows(rows).table());
    f
}
