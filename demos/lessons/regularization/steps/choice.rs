//! Choosing λ.

use concepts::regularization::{CrossValidation, RegularizationError, cross_validate, folds, zeros};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::setup::{POINTS, STOP, Setup};
use crate::{named, row};

pub(crate) fn choice(setup: &Setup) -> Result<Findings, RegularizationError> {
    let mut f = Findings::default();
    f.number("folds", setup.folds as f64);
    f.number("grid_points", POINTS as f64);
    let chosen = |w: f64| setup.design.width() as f64 - w;
    let kept = |lambda: f64| chosen(zeros(setup.path.at(lambda).view()) as f64);
    let (lasso, ridge) = (&setup.of_lasso, &setup.of_ridge);
    let line =
        |of: &CrossValidation, at: usize, size: f64| row![of.lambdas[at], of.mean[at], of.error[at], size];
    let freedom = |at: usize| setup.ridge.degrees_of_freedom(ridge.lambdas[at]);
    let (least, error) = least_squares(setup);
    let rank = setup.ridge.singular_values().len();
    let grid = Grid::new("chosen", &WORDS)
        .said("least", row![0.0, least, error, rank])
        .said("lasso-best", line(lasso, lasso.best, kept(lasso.lambdas[lasso.best])))
        .said(
            "lasso-one",
            line(lasso, lasso.one_standard_error, kept(lasso.lambdas[lasso.one_standard_error])),
        )
        .said("ridge-best", line(ridge, ridge.best, freedom(ridge.best)))
        .said("ridge-one", line(ridge, ridge.one_standard_error, freedom(ridge.one_standard_error)));
    f.table("chosen", grid.table());
    f.words("choice_said", said(setup)?);
    Ok(f)
}

/// Held-out error of least squares and its standard error: the ridge's grid ends there.
fn least_squares(setup: &Setup) -> (f64, f64) {
    let last = setup.of_ridge.mean.len() - 1;
    (setup.of_ridge.mean[last], setup.of_ridge.error[last])
}

/// Whether a penalty helps at all on these data.
fn said(setup: &Setup) -> Result<Text, RegularizationError> {
    let of = &setup.of_lasso;
    if of.one_standard_error == 0 {
        return nothing(setup);
    }
    let (least, least_error) = least_squares(setup);
    let (best, error) = (of.mean[of.best], of.error[of.best]);
    let gain = least - best;
    let w = setup.path.at(of.lambdas[of.one_standard_error]);
    let drops = w.len() - zeros(w.view()) < setup.ridge.singular_values().len();
    let id = match () {
        // Further apart than a standard error of each.
        () if gain > error + least_error => "choice_said.better",
        () if gain > 0.1 * error => "choice_said",
        () if gain <= 0.0 && drops => "choice_said.worse-end",
        () if gain <= 0.0 => "choice_said.worse",
        () if drops => "choice_said.end",
        () => "choice_said.none",
    };
    Ok(WORDS.with(id, &named![best, least]))
}

/// The lasso keeps nothing: does that say that no column helps? Not where others, which keep all of them, are better
/// by more than a standard error of each.
fn nothing(setup: &Setup) -> Result<Text, RegularizationError> {
    let of = &setup.of_ridge;
    let (empty, empty_error) = empty(setup)?;
    let helps = |mean: f64, error: f64| empty - mean > error + empty_error;
    let ((least, least_error), ridge) = (least_squares(setup), of.mean[of.best]);
    let id = match () {
        () if helps(least, least_error) => "choice_said.nothing-least",
        () if helps(ridge, of.error[of.best]) => "choice_said.nothing-ridge",
        () => "choice_said.nothing",
    };
    Ok(WORDS.with(id, &named![least, ridge, empty]))
}

/// Held-out error of the mean alone, and its standard error. The lasso's largest penalty is another thing: it leaves
/// nothing of the whole table, and without some of the rows it may leave a column in.
fn empty(setup: &Setup) -> Result<(f64, f64), RegularizationError> {
    let (design, y) = (&setup.design, setup.design.response());
    // Columns have length 1, so a penalty as large as the target is long leaves nothing, of a part of the rows either.
    // A fold reduces it with its rows, of which it keeps two in five at least.
    let most = 4.0 * y.dot(&y).sqrt();
    let fold = folds(design.rows(), setup.folds, setup.seed)?;
    let of = cross_validate(design, &[2.0 * most, most], 1.0, &fold, STOP)?;
    Ok((of.mean[1], of.error[1]))
}
