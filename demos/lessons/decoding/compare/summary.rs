//! What is worth remembering, in a few lines, each chosen by the numbers of its own run.

use concepts::comparison::{Family, Measure, Recipe};
use concepts::evaluation::Difference;

use super::assess::{Assessed, FEWEST, Row};
use super::figures::row_of;
use super::label;
use super::matched::{Axis, COMPARED, Cell};
use super::recipes::{CUTS, HEATS, heated};
use super::tables::{nearest_rows, percent, two};
use crate::kit::number::short;
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
    let human = assessed.human().filter(|_| assessed.prompts >= FEWEST)?;
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
    let names = names(close.iter().map(|row| label::row(row)));
    Some(match names {
        Some(names) => WORDS.with("summary.nearest", &named![n = close.len(), of, names, people]),
        None => WORDS.with("summary.none-near", &named![of, people]),
    })
}

/// Names one after the other.
fn names(all: impl Iterator<Item = Text>) -> Option<Text> {
    joined("list.names", all)
}

/// Do searches end in loops where people do not? Nothing is said of texts without room for a loop.
fn searching(assessed: &Assessed) -> Option<Text> {
    let loops = |row: &Row| assessed.interval(row, Measure::Loops).estimate;
    let greedy = row_of(assessed, &Recipe::new(Family::Greedy, 0.0))?;
    let widest = *assessed.sweep(Family::Beam).last()?;
    let people = loops(assessed.human()?);
    if ![loops(greedy), loops(widest), people].iter().all(|share| share.is_finite()) {
        return None;
    }
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
    // In units of its own uncertainty: measures of different kinds stand beside each other.
    let size = |cell: &&&Cell| (cell.beside.estimate / (cell.beside.high - cell.beside.low)).abs();
    let Some(clearest) = shown.iter().max_by(|a, b| size(a).total_cmp(&size(b))) else {
        return Some(WORDS.with("summary.alike", &named![of]));
    };
    let names = COMPARED.map(|measure| (measure, WORDS.get(&format!("measures.{}", measure.word()))));
    let what = names.into_iter().find(|(measure, _)| *measure == clearest.measure)?.1;
    let values = named![
        n,
        of,
        family = label::family(clearest.family),
        level = percent(clearest.level),
        what,
        value = two(clearest.value.estimate),
        other = two(clearest.value.estimate - clearest.beside.estimate)
    ];
    let [few, many] = ["summary.some-differ", "summary.many-differ"].map(|id| WORDS.with(id, &values));
    Some(if most(n, of) { many } else { few })
}

/// Is it more than half? The line above and what to say below the tables are split at the same place.
fn most(n: usize, of: usize) -> bool {
    2 * n > of
}

/// What to say about equal strength: as most of the comparisons came out, if there are some.
pub(super) fn say(matched: &[Cell]) -> Option<Text> {
    let beside = || matched.iter().filter(|cell| cell.axis == Axis::Entropy && !cell.is_base());
    let (shown, of) =
        (beside().filter(|cell| cell.shown() != Difference::NotShown).count(), beside().count());
    let id = match () {
        () if of == 0 => return None,
        () if !beside().any(|cell| cell.decidable) => "say.too-few",
        () if most(shown, of) => "say.differ",
        () => "say.alike",
    };
    Some(WORDS.get(id))
}

/// A cut, its name and what it leaves of known words.
type Cut<'a> = (&'a Row, Text, f64);

/// A temperature, what each cut leaves of known words there, best first, and what comes without one.
struct Heated<'a> {
    cuts: Vec<Cut<'a>>,
    uncut: (&'a Row, f64),
}

/// At one temperature of the grid; none where no cut or nothing uncut was written there.
fn heated_at(assessed: &Assessed, heat: f64) -> Option<Heated<'_>> {
    let share = |cut| {
        let row = row_of(assessed, &heated(cut, heat))?;
        let share = assessed.interval(row, Measure::Known).estimate;
        share.is_finite().then_some((row, share))
    };
    let of = |cut: &(Family, f64)| {
        let (row, known) = share(Some(*cut))?;
        Some((row, label::recipe(&Recipe::new(cut.0, cut.1)), known))
    };
    let mut cuts: Vec<Cut> = CUTS.iter().flatten().filter_map(of).collect();
    cuts.sort_by(|a, b| b.2.total_cmp(&a.2));
    (!cuts.is_empty()).then_some(Heated { cuts, uncut: share(None)? })
}

/// What a cut is worth when it is hot.
fn hot(assessed: &Assessed) -> Option<Text> {
    let heat = HEATS[HEATS.len() - 1];
    let Heated { cuts, uncut } = heated_at(assessed, heat)?;
    let human = assessed.human()?;
    let people = percent(assessed.interval(human, Measure::Known).estimate);
    let more = |row: &Row, than: &Row| {
        assessed.difference(row, than, Measure::Known).difference() == Difference::Larger
    };
    let listed = |of: &[&Cut]| {
        names(of.iter().map(|(_, name, share)| {
            WORDS.with("summary.hot-cut", &named![name = name.clone(), share = percent(*share)])
        }))
    };
    let (saving, others): (Vec<&Cut>, Vec<&Cut>) = cuts.iter().partition(|cut| more(cut.0, uncut.0));
    let (best, id) = match (saving.first(), others.is_empty()) {
        (None, _) => (&others, "summary.hot-same"),
        (Some(best), _) if more(best.0, human) => (&saving, "summary.hot-beyond"),
        (Some(_), true) => (&saving, "summary.hot"),
        (Some(_), false) => (&saving, "summary.hot-some"),
    };
    let values = named![heat = short(heat), cuts = listed(best)?, uncut = percent(uncut.1), people];
    let said = WORDS.with(id, &values);
    // The others are named apart: a cut that is not shown to save words must not stand among those that are.
    let Some(others) = listed(&others).filter(|_| !saving.is_empty()) else { return Some(said) };
    Some(Text::joined(&[said, WORDS.with("summary.hot-others", &named![others])], [" ", ""]))
}

/// What the best cut adds where nothing was heated, and at the highest temperature.
pub(super) fn heats(assessed: &Assessed) -> Option<Text> {
    let [plain, hottest] = [1.0, HEATS[HEATS.len() - 1]];
    let (at_one, at_most) = (heated_at(assessed, plain)?, heated_at(assessed, hottest)?);
    let values = named![
        best = at_one.cuts[0].1.clone(),
        first = percent(at_one.cuts[0].2),
        alone = percent(at_one.uncut.1),
        hottest = short(hottest),
        other = at_most.cuts[0].1.clone(),
        second = percent(at_most.cuts[0].2),
        uncut = percent(at_most.uncut.1)
    ];
    Some(WORDS.with("heats", &values))
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
    let id = match known.len() {
        1 => "summary.one",
        _ if two(alike(most)) == two(alike(least)) => "summary.level",
        _ => "summary.varied",
    };
    Some(WORDS.with(id, &values))
}
