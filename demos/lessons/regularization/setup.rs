//! From knobs to checked values, and the paths that every part of the page reads.

use concepts::regularization::{
    CrossValidation, Design, ExactPath, Kind, Penalty, RegularizationError, Ridge, Scaling, Stop,
    coordinate_descent, cross_validate, exact_path, folds, lambda_grid,
};
use ndarray::Array1;

use super::data::{Data, data};
use super::estimate::affordable;
use super::{WORDS, knobs};
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::number::{plain, typed};
use crate::named;

/// Penalties that cross-validation chooses from.
pub(crate) const POINTS: usize = 60;
/// The smallest one, as a share of the largest: of the lasso, and of the ridge.
const SMALLEST: [f64; 2] = [1e-4, 1e-9];
/// Close enough for pictures and choices, and passes enough for columns that are nearly alike.
pub(crate) const STOP: Stop = Stop { gap: 1e-5, passes: 500 };

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub data: Data,
    pub design: Design,
    pub path: ExactPath,
    pub ridge: Ridge,
    pub of_lasso: CrossValidation,
    pub of_ridge: CrossValidation,
    pub lambda: f64,
    pub ridge_lambda: f64,
    /// Did a person give them, that of the lasso and that of the ridge?
    pub given: [bool; 2],
    pub alpha: f64,
    pub folds: usize,
    pub lr: f64,
    pub decay: f64,
    pub gradient_scale: f64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (values, seed) = (&setting.values, setting.seed);
        let data = data(values, seed)?;
        let (rows, columns) = data.problem.x.dim();
        let (wanted, most) = (knobs::FOLDS.of(values), rows / 2); // a fold has at least two rows
        if wanted > most && values.given(&knobs::FOLDS) {
            return Err(Refusal(WORDS.with("refused.folds", &named![folds = wanted, rows, most])));
        }
        let count = wanted.min(most);
        affordable(rows, columns, count)?;
        let place =
            knobs::CSV.of(values).map_or_else(|| "--data".into(), |p| format!("--csv {}", p.display()));
        let design =
            Design::new(data.problem.x.view(), data.problem.y.view(), Scaling::UnitNorm).at(place)?;
        if design.lambda_max() <= f64::EPSILON * design.response().dot(&design.response()).sqrt() {
            return Err(Refusal(WORDS.get("refused.nothing")));
        }
        let (path, ridge) = (exact_path(&design, Kind::Lasso)?, Ridge::new(&design));
        let fold = folds(rows, count, seed)?;
        let validated = |largest: f64, which: usize| {
            let mut grid = lambda_grid(largest, SMALLEST[which], POINTS);
            // The ridge without a penalty is least squares, beside which both are read.
            grid.extend((which == 1).then_some(0.0));
            cross_validate(&design, &grid, [1.0, 0.0][which], &fold, STOP)
        };
        let of_lasso = validated(design.lambda_max(), 0)?;
        let of_ridge = validated(1e3 * ridge.singular_values()[0].powi(2), 1)?;
        let given = [knobs::LAMBDA.of(values), knobs::RIDGE.of(values)];
        Ok(Setup {
            lambda: given[0].unwrap_or(of_lasso.lambdas[of_lasso.one_standard_error]),
            ridge_lambda: given[1].unwrap_or(of_ridge.lambdas[of_ridge.one_standard_error]),
            given: given.map(|penalty| penalty.is_some()),
            data,
            design,
            path,
            ridge,
            of_lasso,
            of_ridge,
            alpha: knobs::ALPHA.of(values),
            folds: count,
            lr: knobs::LR.of(values),
            decay: knobs::DECAY.of(values),
            gradient_scale: knobs::GRADIENT_SCALE.of(values),
            seed,
        })
    }

    /// The lasso's coefficients.
    pub(crate) fn lasso(&self) -> Array1<f64> {
        self.path.at(self.lambda)
    }

    /// The lasso's penalty as the page shows it, with all digits if a person gave it.
    pub(crate) fn lambda_said(&self) -> String {
        if self.given[0] { typed(self.lambda) } else { self.penalty_said(self.lambda) }
    }

    /// The ridge's penalty likewise.
    pub(crate) fn ridge_said(&self) -> String {
        if self.given[1] { typed(self.ridge_lambda) } else { plain(self.ridge_lambda) }
    }

    /// A chosen penalty of the lasso. One that leaves nothing must not read as less than the bound from which on
    /// nothing is left.
    pub(crate) fn penalty_said(&self, lambda: f64) -> String {
        if lambda >= self.design.lambda_max() { rounded_up(lambda) } else { plain(lambda) }
    }

    /// A share α of the lasso's penalty, and the rest of the ridge's.
    pub(crate) fn net_penalty(&self) -> Penalty {
        Penalty { l1: self.alpha * self.lambda, l2: (1.0 - self.alpha) * self.ridge_lambda }
    }

    /// The coefficients of [`net_penalty`](Setup::net_penalty).
    pub(crate) fn elastic_net(&self) -> Result<Array1<f64>, RegularizationError> {
        let penalty = self.net_penalty();
        if penalty.l1 == 0.0 {
            return Ok(self.ridge.coefficients(penalty.l2));
        }
        if penalty.l2 == 0.0 {
            return Ok(self.path.at(penalty.l1));
        }
        let start = self.path.at(penalty.l1);
        Ok(coordinate_descent(&self.design, penalty, start.view(), Stop { gap: 1e-9, ..STOP })?.coefficients)
    }

    /// Does least squares have one solution? Not if columns are more than rows, or others make them up.
    pub(crate) fn unique(&self) -> bool {
        self.ridge.singular_values().len() == self.design.width() - self.design.constant().len()
    }

    /// Does the lasso's path end at the solution of least squares? Not if it leaves out columns that others replace,
    /// exactly or all but exactly.
    pub(crate) fn ends_at_least_squares(&self) -> bool {
        self.unique() && self.path.spanned.is_empty()
    }

    /// The columns of which there is most to show: by the largest coefficient anywhere on the lasso's path.
    pub(crate) fn shown(&self, most: usize) -> Vec<usize> {
        let largest =
            |j: usize| self.path.knots.iter().fold(0.0, |m: f64, knot| m.max(knot.coefficients[j].abs()));
        let mut order: Vec<usize> = (0..self.design.width()).collect();
        order.sort_by(|&a, &b| largest(b).total_cmp(&largest(a)));
        order.truncate(most);
        order
    }

    /// The name of a column.
    pub(crate) fn name(&self, j: usize) -> &str {
        &self.data.problem.names[j]
    }
}

/// A bound from which on something holds: five digits, never below the number itself.
pub(crate) fn rounded_up(bound: f64) -> String {
    let places = 4 - bound.log10().floor() as i32;
    let step = 10f64.powi(-places);
    let up = (bound / step).ceil() * step;
    if (0..=8).contains(&places) { format!("{up:.*}", places as usize) } else { format!("{up:.4e}") }
}
