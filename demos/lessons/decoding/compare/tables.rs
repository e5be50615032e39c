//! The comparison as tables.

use concepts::comparison::{Family, Measure};
use concepts::evaluation::{Difference, Interval};

use super::assess::{Assessed, FEWEST, LIKENESS_FROM, Row};
use super::label;
use super::matched::{Axis, COMPARED, Cell};
use crate::kit::findings::{Cell as Shown, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::{named, row};

/// A number with a sign that says how it differs from what people wrote, or nothing where there is none.
pub(super) fn mark(difference: Difference) -> &'static str {
    match difference {
        Difference::Larger => "↑",
        Difference::Smaller => "↓",
        Difference::NotShown => "≈",
    }
}

/// Two decimals; a dash where nothing was measured.
pub(super) fn two(value: f64) -> String {
    if value.is_finite() { signed(value, 2) } else { "–".into() }
}

/// Whole per cent; a dash where nothing was measured.
pub(super) fn percent(value: f64) -> String {
    if value.is_finite() { signed(100.0 * value, 0) + " %" } else { "–".into() }
}

/// So many decimals; more where a number below 0 would be written −0, and 0 where that does not help.
pub(super) fn signed(value: f64, decimals: usize) -> String {
    const MORE: usize = 3;
    let is_zero = |text: &str| text.chars().all(|c| ['-', '0', '.'].contains(&c));
    let shown = |decimals: usize| format!("{:.decimals$}", value + 0.0);
    match value {
        0.0.. => shown(decimals),
        _ => (decimals..=decimals + MORE)
            .map(shown)
            .find(|text| !is_zero(text))
            .unwrap_or_else(|| format!("{:.decimals$}", 0.0)),
    }
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

/// Beside what people wrote after the same prompts, if there are enough of them.
fn beside_human(assessed: &Assessed, row: &Row, measure: Measure) -> Option<Difference> {
    let human = assessed.human().filter(|_| !row.human && assessed.prompts >= FEWEST)?;
    let interval = assessed.difference(row, human, measure);
    interval.estimate.is_finite().then(|| interval.difference())
}

fn measured(assessed: &Assessed, row: &Row, measure: Measure) -> Shown {
    with_interval(assessed.interval(row, measure), beside_human(assessed, row, measure))
}

/// Of each strategy the setting that is nearest to what people wrote. One beam or one token is greedy, and says
/// nothing of its strategy, unless it is all that there is.
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
        let own = assessed.written().filter(|row| row.strategy == **strategy && row.counts);
        let rank = |row: &Row| (row.is_greedy(), distance(row));
        own.filter(|row| distance(row).is_finite()).min_by(|a, b| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        })
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

/// Are there enough texts for the likeness to say something?
pub(super) fn has_likeness(assessed: &Assessed) -> bool {
    let enough = assessed.human().is_some_and(|human| human.texts >= LIKENESS_FROM);
    enough && assessed.written().any(|row| row.whole.likeness.estimate.is_finite())
}

/// What to say about it.
pub(super) fn likeness(assessed: &Assessed) -> Option<Text> {
    let id = match assessed.human()? {
        _ if has_likeness(assessed) => "likeness",
        human if human.read => "likeness.few-read",
        _ => "likeness.few",
    };
    Some(WORDS.with(id, &named![from = LIKENESS_FROM]))
}

/// What is measured of all texts of a setting together.
pub(super) fn whole(assessed: &Assessed) -> Table {
    let with_likeness = has_likeness(assessed);
    let of = |row: &&Row| {
        let mut cells = row![
            label::row(row),
            two(row.whole.zipf),
            two(row.whole.divergence),
            two(assessed.interval(row, Measure::Distinct).estimate),
            two(assessed.interval(row, Measure::Repeated).estimate),
        ];
        cells.extend(with_likeness.then(|| with_interval(row.whole.likeness, None)));
        cells
    };
    let rows = nearest_rows(assessed);
    let id = if with_likeness { "whole_likeness" } else { "whole" };
    Grid::new(id, &WORDS).rows(rows.iter().map(of)).table()
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
    COMPARED.iter().map(table).filter(compares).collect()
}

/// One strategy alone is equal to nothing.
fn compares(table: &Table) -> bool {
    table.rows.len() > 1
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
        compares(&table).then_some(table)
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
            short_number(mean(Measure::Length)),
        ]
    };
    Grid::new("all_settings", &WORDS).rows(assessed.rows.iter().map(of)).table()
}

/// A whole number; a dash where nothing was measured.
pub(super) fn short_number(value: f64) -> String {
    if value.is_finite() { format!("{value:.0}") } else { "–".into() }
}
