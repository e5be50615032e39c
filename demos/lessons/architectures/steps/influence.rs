//! Who does influence whom, and what a cache may keep.

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::architectures::WORDS;
use crate::lessons::architectures::experiments::{
    Refill, against_pattern, appended, both_ways_sum, chain_rule_sum, gibbs_distance, influences, moved,
};
use crate::lessons::architectures::setup::Setup;
use crate::row;

/// Sweeps of Gibbs sampling.
const SWEEPS: usize = 20_000;

pub(crate) fn counts(setup: &Setup) -> Result<Table, Refusal> {
    let mut grid = Grid::new("counts", &WORDS);
    for (name, kind) in setup.kinds() {
        let matrix = influences(kind, setup.seq, setup.layers, setup.d_model, setup.seed)?;
        let wrong = against_pattern(&matrix, &kind.reach(setup.seq)?);
        grid = grid.row(row![name, moved(&matrix), setup.seq * setup.seq, wrong]);
    }
    Ok(grid.table())
}

pub(crate) fn append(setup: &Setup) -> Table {
    let kinds = setup.kinds();
    let rows = kinds[..2]
        .iter()
        .map(|(name, kind)| row![*name, appended(*kind, setup.seq, setup.layers, setup.d_model, setup.seed)]);
    Grid::new("append", &WORDS).rows(rows).table()
}

pub(crate) fn generation(setup: &Setup) -> Table {
    let filled_in = gibbs_distance(SWEEPS, Refill::SeeingTheOther, setup.seed);
    Grid::new("gibbs", &WORDS)
        .said("one-way", row![chain_rule_sum(setup.seed)])
        .said("both-ways", row![both_ways_sum(setup.seed)])
        .said("filled-in", row![filled_in])
        .table()
}
