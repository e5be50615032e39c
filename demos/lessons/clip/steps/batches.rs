//! What stands in a batch beside a pair.

use concepts::contrastive::ContrastiveError;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::experiments::sweep::{BATCHES, Run, SMALL, STEPS, kinds, sizes};
use crate::lessons::clip::setup::Setup;
use crate::row;

/// So many steps at the end are averaged: one batch alone is noisy.
const LAST: usize = STEPS / 10;

fn end(run: &Run) -> f64 {
    let last = &run.trained.losses[STEPS - LAST..];
    last.iter().sum::<f64>() / last.len() as f64
}

pub(crate) fn batches(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let runs = sizes(setup.seed)?;
    let mut grid = Grid::new("sizes", &WORDS).value("steps", STEPS).value("last", LAST);
    for (run, batch) in runs.iter().zip(BATCHES) {
        let guess = (batch as f64).ln();
        grid = grid.row(row![
            batch,
            run.plan.steps * batch,
            guess,
            end(run),
            run.judged.words[0],
            run.judged.all
        ]);
    }
    f.table("sizes", grid.table());
    let kinds = kinds(setup.seed)?;
    let mut grid = Grid::new("kinds", &WORDS).value("steps", STEPS).value("batch", SMALL).value("last", LAST);
    for (run, id) in kinds.iter().zip(["random", "alike", "one-way"]) {
        grid = grid.said(id, row![end(run), run.judged.words[0], run.judged.words[1], run.judged.all]);
    }
    f.table("kinds", grid.table());
    Ok(f)
}
