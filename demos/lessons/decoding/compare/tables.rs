//! The comparison as tables.

use concepts::comparison::{Family, Measure};
use concepts::evaluation::{Difference, Interval};
use concepts::tasks::beam_cache;

use super::assess::{Assessed, Row};
use super::label;
use super::matched::{Axis, COMPARED, Cell};
use crate::kit::findings::{Cell as Shown, Table};
use crate::kit::grid::Grid;
use crate::lessons::decoding::WORDS;
use crate::row;

/// A number with a sign that says how it differs from what people wrote, or nothing where there is none.
fn mark(difference: Difference) -> &'static str {
    match difference {
        Difference::Larger => "↑",
        Difference::Smaller => "↓",
        Difference::NotShown => "≈",
    }
}

/// Two decimals; a dash where nothing was measured.
pub(super) fn two(value: f64) -> String {
    if value.is_finite() { format!("{:.2}", value + 0.0) } else { "–".into() }
}

/// Whole per cent; a dash where nothing was measured.
pub(super) fn percent(value: f64) -> String {
    if value.is_finite() { format!("{:.0} %", 100.0 * value + 0.0) } else { "–".into() }
}

fn with_interval(interval: Interval, difference: Option<Difference>) -> Shown {
    if !interval.estimate.is_finite() {
        return "–".into();
    }
    if !interval.low.is_finite() {
        return two(interval.estimate).into();
    }
    let mark = difference.map_or(String::new(), |difference| format!(" {}", mark(difference)));
    let [low, estimate, high] = [interval.low, interval.estimate, interval.high].map(two);
    format!("{estimate} [{low}, {high}]{mark}").into()
}

/// Beside what people wrote after the same prompts.
fn beside_human(assessed: &Assessed, row: &Row, measure: Measure) -> Option<Difference> {
    let human = assessed.human().filter(|_| !row.human)?;
    let interval = assessed.difference(row, human, measure);
    interval.estimate.is_finite().then(|| interval.difference())
}

fn measured(assessed: &Assessed, row: &Row, measure: Measure) -> Shown {
    with_interval(assessed.interval(row, measure), beside_human(assessed, row, measure))
}

/// Of each strategy the setting that is nearest to what people wrote.
pub(super) fn nearest_rows(assessed: &Assessed) -> Vec<&Row> {
    let Some(human) = assessed.human() else { return Vec::new() };
    let distance = |row: &Row| assessed.difference(row, human, Measure::Judge).estimate.abs();
    let mut strategies: Vec<&str> = Vec::new();
    for row in assessed.written() {
        if !strategies.contains(&row.strategy.as_str()) {
            strategies.push(&row.strategy);
        }
    }
    let nearest = strategies.iter().filter_map(|strategy| {
        let own = assessed.written().filter(|row| row.strategy == **strategy && row.settings.len() <= 1);
        own.filter(|row| distance(row).is_finite()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    });
    std::iter::once(human).chain(nearest).collect()
}

pub(super) fn nearest(assessed: &Assessed) -> Table {
    let of = |row: &&Row| {
        row![
            label::row(row),
            measured(assessed, row, Measure::Judge),
            measured(assessed, row, Measure::SelfBleu),
            percent(assessed.interval(row, Measure::Known).estimate),
            percent(assessed.interval(row, Measure::Loops).estimate),
        ]
    };
    let rows = nearest_rows(assessed);
    Grid::new("nearest", &WORDS).rows(rows.iter().map(of)).table()
}

/// What is measured of all texts of a setting together.
pub(super) fn whole(assessed: &Assessed) -> Table {
    let of = |row: &&Row| {
        row![
            label::row(row),
            two(row.whole.zipf),
            two(row.whole.divergence),
            two(row.whole.likeness),
            two(assessed.interval(row, Measure::Distinct).estimate),
            two(assessed.interval(row, Measure::Repeated).estimate),
        ]
    };
    let rows = nearest_rows(assessed);
    Grid::new("whole", &WORDS).rows(rows.iter().map(of)).table()
}

/// The cell of a family in a table: a number with its interval, and a sign unless it is the one to stand beside.
fn matched_cell(cells: &[Cell], (axis, family): (Axis, Family), level: f64, measure: Measure) -> Shown {
    let same =
        |cell: &&Cell| (cell.axis, cell.family, cell.measure, cell.level) == (axis, family, measure, level);
    let Some(cell) = cells.iter().find(same) else { return "–".into() };
    with_interval(cell.value, (cell.decidable && !cell.is_base()).then(|| cell.shown()))
}

/// The families of an axis that are somewhere compared.
fn compared(cells: &[Cell], axis: Axis) -> impl Iterator<Item = Family> {
    let there = move |family: &Family| cells.iter().any(|cell| (cell.axis, cell.family) == (axis, *family));
    axis.families().iter().copied().filter(there)
}

/// Every strategy at each level of strength, beside temperature alone; a table for each measure.
pub(super) fn matched(cells: &[Cell]) -> Vec<Table> {
    let axis = Axis::Entropy;
    let table = |measure: &Measure| {
        let row = |family: Family| {
            let levels = axis.levels().map(|level| matched_cell(cells, (axis, family), level, *measure));
            std::iter::once(Shown::Words(label::family(family))).chain(levels).collect::<Vec<_>>()
        };
        let id = match measure {
            Measure::Known => "matched_known",
            Measure::SelfBleu => "matched_self_bleu",
            _ => "matched_judge",
        };
        let mut grid = Grid::new(id, &WORDS);
        for (name, level) in ["first", "second", "third"].into_iter().zip(axis.levels()) {
            grid = grid.value(name, percent(level));
        }
        grid.rows(compared(cells, axis).map(row)).table()
    };
    COMPARED.iter().map(table).filter(|table| !table.rows.is_empty()).collect()
}

/// The same at equal mass and at equal perplexity, at the level between the others; all are in the results.
pub(super) fn matched_otherwise(assessed: &Assessed, cells: &[Cell]) -> Vec<Table> {
    let table = |(id, axis): (&'static str, Axis)| {
        let level = axis.levels()[1];
        let place = level * axis.whole(assessed)?;
        let shown = if axis == Axis::Perplexity { two(place.exp()) } else { percent(place) };
        let row = |family: Family| {
            let each = COMPARED.map(|measure| matched_cell(cells, (axis, family), level, measure));
            std::iter::once(Shown::Words(label::family(family))).chain(each).collect::<Vec<_>>()
        };
        let table = Grid::new(id, &WORDS).value("place", shown).rows(compared(cells, axis).map(row)).table();
        (!table.rows.is_empty()).then_some(table)
    };
    let both = [("matched_mass", Axis::Mass), ("matched_perplexity", Axis::Perplexity)];
    both.into_iter().filter_map(table).collect()
}

/// Every setting.
pub(super) fn all(assessed: &Assessed) -> Table {
    let of = |row: &Row| {
        let mean = |measure| assessed.interval(row, measure).estimate;
        row![
            label::row(row),
            two(mean(Measure::Surprise)),
            two(mean(Measure::Judge)),
            percent(mean(Measure::Known)),
            percent(mean(Measure::Loops)),
            two(mean(Measure::Distinct)),
            two(mean(Measure::SelfBleu)),
            length(mean(Measure::Length)),
        ]
    };
    Grid::new("all_settings", &WORDS).rows(assessed.rows.iter().map(of)).table()
}

fn length(value: f64) -> String {
    if value.is_finite() { format!("{value:.0}") } else { "–".into() }
}

/// What a token costs: rows of logits, and how many tokens a choice is made from.
pub(super) fn cost(assessed: &Assessed) -> Table {
    let costly = |row: &&Row| !row.measured.of(Measure::Calls).is_empty() && row.settings.len() <= 1;
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
