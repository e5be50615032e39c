//! What is worth remembering, in a few lines, each chosen by the numbers of its own run.

use concepts::comparison::{Family, Measure, Recipe};
use concepts::evaluation::Difference;

use super::assess::{Assessed, Row};
use super::figures::row_of;
use super::label;
use super::matched::{Axis, COMPARED, Cell};
use super::recipes::{CUTS, HEATS, heated};
use super::tables::{nearest_rows, percent, two};
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::steps::joined;
use crate::named;

/// The lines, one below the other; those that a run has nothing to say about are left out.
pub(super) fn summary(assessed: &Assessed, matched: &[Cell], tasks: Option<Text>) -> Vec<Text> {
    let lines = [
        nearest(assessed),
        searching(assessed),
        alike(assessed, matched),
        hot(assessed),
        tasks.or_else(|| varied(assessed)),
    ];
    lines.into_iter().flatten().collect()
}

/// Which settings come nearest to what people wrote.
fn nearest(assessed: &Assessed) -> Option<Text> {
    let human = assessed.human().filter(|_| assessed.prompts > 1)?;
    let rows = nearest_rows(assessed);
    let apart = |row: &&Row| assessed.difference(row, human, Measure::Judge);
    let close: Vec<&Row> = rows[1..]
        .iter()
        .copied()
        .filter(|row| apart(row).difference() == Difference::NotShown && apart(row).estimate.is_finite())
        .collect();
    let people = two(assessed.interval(human, Measure::Judge).estimate);
    let of = rows.len() - 1;
    if of == 0 {
        return None;
    }
    let names = joined(
        "list.names",
        close.iter().map(|row| WORDS.with("lowest.name", &named![name = label::row(row)])),
    );
    Some(match names {
        Some(names) => WORDS.with("summary.nearest", &named![n = close.len(), of, names, people]),
        None => WORDS.with("summary.none-near", &named![of, people]),
    })
}

/// Do searches end in loops where people do not?
fn searching(assessed: &Assessed) -> Option<Text> {
    let loops = |row: &Row| assessed.interval(row, Measure::Loops).estimate;
    let greedy = row_of(assessed, &Recipe::new(Family::Greedy, 0.0))?;
    let widest = *assessed.sweep(Family::Beam).last()?;
    let people = loops(assessed.human()?);
    let values = named![
        greedy = percent(loops(greedy)),
        beam = percent(loops(widest)),
        beams = label::row(widest),
        people = percent(people)
    ];
    let more = loops(greedy) > people && loops(widest) > people;
    let [loops, not] = ["summary.loops", "summary.no-loops"].map(|id| WORDS.with(id, &values));
    Some(if more { loops } else { not })
}

/// Where strategies are equally strong, do they differ?
fn alike(assessed: &Assessed, matched: &[Cell]) -> Option<Text> {
    let beside: Vec<&Cell> =
        matched.iter().filter(|cell| cell.axis == Axis::Entropy && !cell.is_base()).collect();
    if beside.is_empty() {
        return None;
    }
    if !beside.iter().any(|cell| cell.decidable) {
        return Some(WORDS.with("summary.too-few", &named![of = beside.len(), prompts = assessed.prompts]));
    }
    let shown: Vec<&&Cell> = beside.iter().filter(|cell| cell.shown() != Difference::NotShown).collect();
    let (n, of) = (shown.len(), beside.len());
    let size = |cell: &&&Cell| (cell.beside.estimate / cell.value.estimate).abs();
    let Some(largest) = shown.iter().max_by(|a, b| size(a).total_cmp(&size(b))) else {
        return Some(WORDS.with("summary.alike", &named![of]));
    };
    let names = COMPARED.map(|measure| (measure, WORDS.get(&format!("measures.{}", measure.word()))));
    let what = names.into_iter().find(|(measure, _)| *measure == largest.measure)?.1;
    let values = named![
        n,
        of,
        family = label::family(largest.family),
        level = percent(largest.level),
        what,
        value = two(largest.value.estimate),
        other = two(largest.value.estimate - largest.beside.estimate)
    ];
    Some(WORDS.with("summary.some-differ", &values))
}

/// What to say about equal strength: as most of the comparisons came out.
pub(super) fn say(matched: &[Cell]) -> Text {
    let beside = || matched.iter().filter(|cell| cell.axis == Axis::Entropy && !cell.is_base());
    if !beside().any(|cell| cell.decidable) {
        return WORDS.get("say.too-few");
    }
    let shown = beside().filter(|cell| cell.shown() != Difference::NotShown).count();
    let [mostly, rather] = ["say.alike", "say.differ"].map(|id| WORDS.get(id));
    if 2 * shown <= beside().count() { mostly } else { rather }
}

/// What a cut is worth when it is hot.
fn hot(assessed: &Assessed) -> Option<Text> {
    let heat = HEATS[HEATS.len() - 1];
    let share = |cut| {
        let row = row_of(assessed, &heated(cut, heat))?;
        let share = assessed.interval(row, Measure::Known).estimate;
        share.is_finite().then_some(share)
    };
    let uncut = share(None)?;
    let mut cuts: Vec<(Text, f64)> = CUTS
        .iter()
        .flatten()
        .filter_map(|cut| Some((label::recipe(&Recipe::new(cut.0, cut.1)), share(Some(*cut))?)))
        .collect();
    cuts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, worst) = (cuts.first()?.clone(), cuts.last()?.clone());
    let people = percent(assessed.interval(assessed.human()?, Measure::Known).estimate);
    let values = named![
        heat,
        best = best.0,
        first = percent(best.1),
        worst = worst.0,
        last = percent(worst.1),
        uncut = percent(uncut),
        people
    ];
    let saves = best.1 > uncut && percent(best.1) != percent(worst.1);
    let [pays, not] = ["summary.hot", "summary.hot-same"].map(|id| WORDS.with(id, &values));
    Some(if saves { pays } else { not })
}

/// Of a person's own texts: which setting is most varied, which least.
fn varied(assessed: &Assessed) -> Option<Text> {
    let alike = |row: &&Row| assessed.interval(row, Measure::SelfBleu).estimate;
    let known: Vec<&Row> = assessed.written().filter(|row| alike(row).is_finite()).collect();
    let most = known.iter().min_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    let least = known.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    let values = named![
        most = label::row(most),
        low = two(alike(most)),
        least = label::row(least),
        high = two(alike(least))
    ];
    Some(WORDS.with(if known.len() > 1 { "summary.varied" } else { "summary.one" }, &values))
}
