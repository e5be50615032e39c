//! Which strategy for what: said by what was measured, with how sure that is.

use concepts::evaluation::{Difference, Interval};

use super::differences::{shown, signed};
use super::joined;
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::kit::words::Named;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::comparison::Comparison;
use crate::lessons::decoding::experiments::row::{Quantity, Row};
use crate::lessons::decoding::knobs::Kind;
use crate::lessons::decoding::strategies::Numbers;
use crate::{named, row};

/// What was found, and how sure that is.
struct Found {
    found: Text,
    sure: Text,
}

/// `phrase` is the length of the loop that greedy runs into, if it does.
pub(crate) fn advice(comparison: &Comparison, numbers: &Numbers, phrase: Option<usize>) -> Table {
    let rows = [
        ("reproducible", reproducible(comparison, phrase)),
        ("probable", probable(comparison)),
        ("open", open(comparison, numbers)),
        ("varied", varied(comparison, numbers)),
        ("quick", Found { found: said("quick-found", &[]), sure: said("quick-sure", &[]) }),
    ];
    let row = |grid: Grid<'static>, (id, Found { found, sure }): (&str, Found)| {
        let take = said(&format!("{id}-take"), &[]);
        grid.said(id, row![take, found, sure])
    };
    rows.into_iter().fold(Grid::new("advice", &WORDS), row).table()
}

fn said(id: &str, values: &[Named]) -> Text {
    WORDS.with(&format!("advice.{id}"), values)
}

fn reproducible(comparison: &Comparison, phrase: Option<usize>) -> Found {
    /// A loop shows when its phrase stands this often in a row.
    const TIMES: usize = 3;
    let tokens = comparison.size.tokens;
    let sure = || said("reproducible-sure", &[]);
    if !comparison.size.has_room_for_loops() {
        return Found { found: said("reproducible-no-room", &named![tokens]), sure: sure() };
    }
    let loops = comparison.row(Kind::Greedy).map(|row| comparison.interval(row, Quantity::Loops).estimate);
    let loops = 100.0 * loops.unwrap_or(f64::NAN);
    // The phrase is that of one prompt: after others greedy may have found a shorter one.
    if let Some(length) = phrase.filter(|length| TIMES * length > tokens && loops == 0.0) {
        let found = said("reproducible-short", &named![tokens, length]);
        return Found { found, sure: sure() };
    }
    Found { found: said("reproducible-found", &named![loops]), sure: sure() }
}

fn probable(comparison: &Comparison) -> Found {
    let both = comparison.row(Kind::Beam).zip(comparison.row(Kind::Greedy));
    let gain = both.map(|(beam, greedy)| comparison.difference(beam, greedy, Quantity::LogProb));
    match gain {
        Some(gain) if gain.difference() != Difference::NotShown => {
            let larger = gain.difference() == Difference::Larger;
            let sure = if larger { "probable-sure" } else { "probable-same-sure" };
            let (gain, interval) = (signed(gain.estimate, &gain), shown(&gain));
            Found { found: said("probable-found", &named![gain, interval]), sure: said(sure, &[]) }
        }
        Some(_) => Found { found: said("probable-same", &[]), sure: said("probable-same-sure", &[]) },
        None => Found { found: said("probable-missing", &[]), sure: Text::same("–") },
    }
}

/// Strategies of which no difference to held-out text is shown in probability, loops and likeness. Texts without room
/// for a loop cannot differ in it.
fn like_human(comparison: &Comparison) -> impl Iterator<Item = &Row> {
    let mut quantities = vec![Quantity::LogProb, Quantity::SelfBleu];
    quantities.extend(comparison.size.has_room_for_loops().then_some(Quantity::Loops));
    let alike = move |row: &&Row| {
        quantities.iter().all(|&q| comparison.beside_human(row, q) == Some(Difference::NotShown))
    };
    comparison.written().filter(alike)
}

/// The strategy whose surprise is nearest to that of held-out text, with the difference.
fn nearest(comparison: &Comparison) -> Option<(&Row, Interval)> {
    let human = comparison.human()?;
    let away = comparison.written().map(|row| (row, comparison.difference(row, human, Quantity::LogProb)));
    away.min_by(|a, b| a.1.estimate.abs().total_cmp(&b.1.estimate.abs()))
}

fn open(comparison: &Comparison, numbers: &Numbers) -> Found {
    let names = joined("list.names", like_human(comparison).map(|row| row.label.clone()));
    let found = match (names, nearest(comparison)) {
        (Some(names), _) => said("open-alike", &named![names]),
        (None, Some((row, gap))) => {
            said("open-nearest", &named![name = row.label.clone(), interval = shown(&gap)])
        }
        (None, None) => Text::same("–"),
    };
    let cut = |row: &Row| row.kind == Some(Kind::TopP) && numbers.cuts(Kind::TopP);
    let alike = like_human(comparison).any(cut);
    let agrees = alike || nearest(comparison).is_some_and(|(row, _)| cut(row));
    Found { found, sure: said(if agrees { "open-sure" } else { "open-sure-paper" }, &[]) }
}

fn varied(comparison: &Comparison, numbers: &Numbers) -> Found {
    let search = comparison.row(Kind::Beam).or_else(|| comparison.row(Kind::Greedy));
    let sampling = comparison.row(Kind::Sampling);
    // At temperature 0 nothing is drawn.
    let heated = comparison.row(Kind::Temperature).filter(|_| numbers.temperature > 0.0);
    let rows = [sampling, heated, search].into_iter().flatten();
    let each = rows.filter_map(|row| {
        let value = comparison.interval(row, Quantity::SelfBleu).estimate;
        value.is_finite().then(|| WORDS.with("list.value", &named![name = row.label.clone(), value]))
    });
    let values = joined("list.values", each).unwrap_or_else(|| Text::same("–"));
    // In the paper the texts of a search are more alike than samples.
    let gap = search.zip(sampling).map(|(a, b)| comparison.difference(a, b, Quantity::SelfBleu));
    let agrees = gap.is_some_and(|gap| gap.difference() == Difference::Larger);
    let sure = if agrees { "varied-sure" } else { "varied-sure-other" };
    Found { found: said("varied-found", &named![values]), sure: said(sure, &[]) }
}
