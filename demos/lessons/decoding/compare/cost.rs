//! What decoding costs: rows of logits, caches, a draft's help.

use concepts::comparison::{Family, Measure};
use concepts::decoding::speculative_speedup;
use concepts::tasks::{Speculation, TasksError, beam_cache, speculation_curve};

use super::assess::{Assessed, Row};
use super::label;
use super::tables::{percent, two};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::decoding::WORDS;
use crate::row;

/// What a token costs: rows of logits, and how many tokens a choice is made from.
pub(super) fn cost(assessed: &Assessed) -> Table {
    let costly = |row: &&Row| !row.measured.of(Measure::Calls).is_empty();
    let of = |row: &Row| {
        let mean = |measure| assessed.interval(row, measure).estimate;
        row![label::row(row), two(mean(Measure::Calls)), two(mean(Measure::Candidates))]
    };
    // Of each strategy the ends of its sweep.
    let mut rows: Vec<&Row> = Vec::new();
    for family in Family::all() {
        let sweep = assessed.sweep(family);
        rows.extend(sweep.first());
        rows.extend(sweep.last().filter(|_| sweep.len() > 1));
    }
    Grid::new("compared_cost", &WORDS).rows(rows.into_iter().filter(costly).map(of)).table()
}

/// Beams whose caches are counted, after a long prompt and a short answer.
const WIDTHS: [u64; 5] = [1, 2, 4, 8, 16];
const PROMPT: u64 = 4000;
const ANSWER: u64 = 500;

/// What beams keep in memory: everything copied, the prompt shared, as little as can be.
pub(super) fn beam_memory() -> Table {
    // LLaMA 3 8B in 16 bits: key and value, 32 layers, 8 heads of 128.
    const A_TOKEN: u64 = 2 * 32 * 8 * 128 * 2;
    let gib = |bytes: u64| format!("{:.2}", bytes as f64 / (1u64 << 30) as f64);
    let row = |beams: u64| {
        let cache = beam_cache(beams, PROMPT, ANSWER, A_TOKEN);
        row![beams as usize, gib(cache.copied), gib(cache.prompt_shared), gib(cache.at_least)]
    };
    let grid = Grid::new("beam_memory", &WORDS).value("prompt", PROMPT as usize);
    let grid = grid.value("answer", ANSWER as usize).value("each", (A_TOKEN >> 10) as usize);
    grid.rows(WIDTHS.into_iter().map(row)).table()
}

/// What a draft costs beside the model, as one of a twentieth of the size does.
pub(crate) const DRAFT: f64 = 0.05;

/// Numbers of proposed tokens, and acceptance rates at which decoding is run.
const PROPOSED: [u32; 3] = [2, 4, 8];
const ACCEPTED: [f64; 6] = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
/// Tokens of a run, and the number of proposals that the table shows.
const RUN: usize = 2000;
const SHOWN: u32 = 4;

/// The speed of speculative decoding by acceptance, for each number of proposed tokens.
pub(super) struct Speeds {
    /// By the formula: proposed tokens, and the speed-up at each rate.
    pub(super) formula: Vec<(usize, Vec<(f64, f64)>)>,
    /// Runs, whose calls were counted.
    pub(super) runs: Vec<Speculation>,
}

pub(super) fn speeds(seed: u64) -> Result<Speeds, Refusal> {
    let curve = |gamma: u32| {
        let points = (0..=19).map(|i| f64::from(i) / 20.0);
        let each = points.map(|alpha| Ok((alpha, speculative_speedup(alpha, gamma, DRAFT)?)));
        Ok((gamma as usize, each.collect::<Result<Vec<_>, Refusal>>()?))
    };
    let formula = PROPOSED.into_iter().map(curve).collect::<Result<_, Refusal>>()?;
    let runs: Result<_, TasksError> = speculation_curve(&ACCEPTED, &PROPOSED, DRAFT, RUN, seed);
    Ok(Speeds { formula, runs: runs? })
}

/// Formula and run beside each other.
pub(super) fn speculated(speeds: &Speeds) -> Table {
    let row = |of: &Speculation| {
        row![
            percent(of.acceptance),
            percent(of.measured_acceptance),
            two(of.tokens_per_call),
            two(of.measured_tokens_per_call),
            two(of.speedup),
            two(of.measured_speedup),
        ]
    };
    let grid = Grid::new("speculated", &WORDS).value("gamma", SHOWN as usize).value("tokens", RUN);
    let runs = speeds.runs.iter().filter(|of| of.gamma == SHOWN);
    grid.value("cost", percent(DRAFT)).rows(runs.map(row)).table()
}
