//! What the page shows: numbers, formulas, tables and notes, each under the id by which the prose names it.

use super::WORDS;
use super::experiments::{share, standard_error};
use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::{named, row};

pub(crate) fn walk(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let found = share(setup.throws, setup.heads, setup.seed);
    f.number("share", found);
    f.formula("f_error", r"\sqrt{p(1-p)/n}", "√(p·(1 − p)/n)");
    let errors = [10, 100, 1000].map(|n: usize| row![n, standard_error(n, setup.heads)]);
    f.table("errors", Grid::new("errors", &WORDS).rows(errors).table());
    // A sentence that a knob can make false is chosen here, by its id.
    let certain = setup.heads == 0.0 || setup.heads == 1.0;
    f.note("note_certain", certain.then(|| WORDS.with("note_certain", &named![share = found])));
    f
}
