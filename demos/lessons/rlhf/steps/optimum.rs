//! The best policy under a price on divergence, and best-of-n.

use concepts::preference::{
    PreferenceError, best_of, best_of_bound, entropy, expected, kl, objective, optimum as best,
};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::answers::{REFERENCE, REWARDS};
use crate::lessons::rlhf::setup::Setup;
use crate::row;

pub(crate) fn optimum(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.formula(
        "f_objective",
        r"\max_\pi\; E_\pi[r] - \beta\,\mathrm{KL}(\pi \,\|\, \pi_{\text{ref}})\quad\Rightarrow\quad \pi^*(y) = \frac{\pi_{\text{ref}}(y)\,e^{r(y)/\beta}}{Z}",
        "max_π  E_π[r] − β·KL(π ‖ π_ref)    ⇒    π*(y) = π_ref(y)·e^{r(y)/β} / Z",
    );
    f.table("prices", prices(setup)?);
    let at = best(&REFERENCE, &REWARDS, setup.beta)?;
    f.number("value", at.value);
    f.number("value_off", (objective(&at.policy, &REFERENCE, &REWARDS, setup.beta) - at.value).abs());
    f.table("best_of", table_of_best());
    Ok(f)
}

/// From a price of almost nothing to one that holds everything where it is, with the knob's own.
fn prices(setup: &Setup) -> Result<Table, PreferenceError> {
    let mut all = vec![0.01, 0.05, 0.2, 1.0, 5.0];
    if !all.contains(&setup.beta) {
        all.push(setup.beta);
        all.sort_by(f64::total_cmp);
    }
    let mut grid = Grid::new("prices", &WORDS);
    for beta in all {
        let p = best(&REFERENCE, &REWARDS, beta)?.policy;
        let most = p.iter().fold(0.0, |m: f64, &p| m.max(p));
        grid = grid.row(row![beta, expected(&p, &REWARDS), kl(&p, &REFERENCE), entropy(&p), most]);
    }
    Ok(grid.table())
}

/// Without what rounding leaves of 0.
fn exact(kl: f64) -> f64 {
    if kl < 1e-14 { 0.0 } else { kl }
}

fn table_of_best() -> Table {
    let rows = [1_usize, 2, 4, 8, 16, 64].map(|n| {
        let p = best_of(&REFERENCE, &REWARDS, n);
        row![n, expected(&p, &REWARDS), exact(kl(&p, &REFERENCE)), best_of_bound(n)]
    });
    Grid::new("best_of", &WORDS).rows(rows).table()
}
