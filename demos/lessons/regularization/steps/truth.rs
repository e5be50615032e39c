//! Of made-up data: which columns matter, and which were found.

use ndarray::Array1;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::setup::Setup;
use crate::{named, row};

pub(crate) fn truth(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let Some(truth) = &setup.data.problem.truth else {
        f.tables("truth", Vec::new());
        f.note("truth_said", None);
        return f;
    };
    let best = setup.of_lasso.lambdas[setup.of_lasso.best];
    let [least, lasso, at_best] = [setup.ridge.coefficients(0.0), setup.lasso(), setup.path.at(best)];
    let kept = |w: &Array1<f64>, matters: bool| {
        w.iter().zip(truth).filter(|(w, truth)| **w != 0.0 && (**truth != 0.0) == matters).count()
    };
    let own = [&least, &lasso, &at_best].map(|w| setup.design.in_units(w.view()).1);
    let matter: Vec<usize> = (0..truth.len()).filter(|&j| truth[j] != 0.0).collect();
    let rows = matter.iter().map(|&j| {
        let [least, lasso, best] = own.each_ref().map(|w| w[j]);
        row![setup.name(j), truth[j], least, lasso, best]
    });
    let grid = Grid::new("truth", &WORDS).value("lambda", setup.lambda_said());
    let grid = grid.value("best", setup.penalty_said(best));
    f.tables("truth", vec![grid.rows(rows).table()]);
    let values = named![
        relevant = matter.len(),
        columns = truth.len(),
        found = kept(&lasso, true),
        others = kept(&lasso, false),
        best_found = kept(&at_best, true),
        best_others = kept(&at_best, false)
    ];
    let too_many = kept(&at_best, true) + kept(&at_best, false) > matter.len();
    let id = if too_many { "truth_said" } else { "truth_said.few" };
    f.note("truth_said", Some(WORDS.with(id, &values)));
    f
}
