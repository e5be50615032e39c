//! Who does influence whom, and what a cache may keep.

use concepts::architecture::Architecture;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::without_rounding;
use crate::lessons::architectures::WORDS;
use crate::lessons::architectures::experiments::{
    Queries, Refill, against_pattern, appended, both_ways_sum, chain_rule_sum, gibbs_distance, influences,
    moved, weight_rank,
};
use crate::lessons::architectures::setup::{Setup, family};
use crate::row;

/// Sweeps of Gibbs sampling.
const SWEEPS: usize = 20_000;

pub(crate) fn counts(setup: &Setup) -> Result<Table, Refusal> {
    let mut grid = Grid::new("counts", &WORDS);
    for (name, kind) in setup.kinds() {
        let matrix = influences(kind, setup.seq, setup.layers, setup.d_model, setup.seed)?;
        let wrong = against_pattern(&matrix, &kind.reach(setup.seq)?);
        grid = grid.row(row![family(name), moved(&matrix), setup.seq * setup.seq, wrong]);
    }
    Ok(grid.table())
}

pub(crate) fn append(setup: &Setup) -> Table {
    let kinds = setup.kinds();
    let rows = kinds[..2].iter().map(|(name, kind)| {
        row![family(name), appended(*kind, setup.seq, setup.layers, setup.d_model, setup.seed)]
    });
    Grid::new("append", &WORDS).rows(rows).table()
}

pub(crate) fn generation(setup: &Setup) -> Table {
    let filled_in = gibbs_distance(SWEEPS, Refill::SeeingTheOther, setup.seed);
    let one_way = without_rounding(chain_rule_sum(setup.seed));
    Grid::new("gibbs", &WORDS)
        .said("one-way", row![one_way])
        .said("both-ways", row![both_ways_sum(setup.seed)])
        .said("filled-in", row![filled_in])
        .table()
}

/// A causal softmax has full rank whatever its scores; one that sees both ways need not.
pub(crate) fn ranks(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let n = setup.seq;
    let mut ranks = Vec::new();
    for queries in [Queries::Random, Queries::Alike] {
        ranks.push(
            [Architecture::DecoderOnly, Architecture::EncoderOnly]
                .map(|kind| weight_rank(kind, queries, n, setup.d_model, setup.seed)),
        );
    }
    let [random, alike] = [&ranks[0], &ranks[1]];
    let grid = Grid::new("rank", &WORDS).value("n", n);
    f.table(
        "rank",
        grid.said("random", row![random[0], random[1]]).said("alike", row![alike[0], alike[1]]).table(),
    );
    f.number("rank_n", n as f64);
    f.number("rank_causal", alike[0] as f64);
    f.number("rank_full", alike[1] as f64);
    Ok(())
}
