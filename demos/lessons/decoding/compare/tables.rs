//! The comparison as tables.

use concepts::comparison::{Family, Measure};
use concepts::evaluation::{Difference, Interval};

use super::assess::{Assessed, Row};
use super::label;
use super::matched::{COMPARED, Cell, LEVELS, LOCAL};
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

/// Every strategy at each level of strength, beside temperature alone; a table for each measure.
pub(super) fn matched(cells: &[Cell]) -> Vec<Table> {
    let table = |measure: &Measure| {
        let of = |family: Family, level: f64| {
            cells.iter().find(|cell| (cell.family, cell.measure, cell.level) == (family, *measure, level))
        };
        let shown = |family: Family, level: f64| -> Shown {
            let Some(cell) = of(family, level) else { return "–".into() };
            let mark = (family != Family::Temperature).then(|| cell.shown());
            with_interval(cell.value, mark)
        };
        let row = |family: &Family| {
            let levels = LEVELS.map(|level| shown(*family, level));
            std::iter::once(Shown::Words(label::family(*family))).chain(levels).collect::<Vec<_>>()
        };
        let there = |family: &&Family| LEVELS.iter().any(|level| of(**family, *level).is_some());
        let id = match measure {
            Measure::Known => "matched_known",
            Measure::SelfBleu => "matched_self_bleu",
            _ => "matched_judge",
        };
        let mut grid = Grid::new(id, &WORDS);
        for (name, level) in ["first", "second", "third"].into_iter().zip(LEVELS) {
            grid = grid.value(name, percent(level));
        }
        grid.rows(LOCAL.iter().filter(there).map(row)).table()
    };
    if cells.is_empty() { Vec::new() } else { COMPARED.iter().map(table).collect() }
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
