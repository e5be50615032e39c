//! Of each strategy: when it is worth it, and which other one does the same. The sentences follow the numbers.

use concepts::comparison::{Family, Group, Measure, Recipe, Record, groups};
use concepts::evaluation::Difference;

use super::assess::{Assessed, FEWEST, Row};
use super::figures::row_of;
use super::label;
use super::matched::{Axis, Cell};
use super::recipes::{CUTS, HEATS, heated};
use super::tables::{nearest_rows, percent, two};
use super::tasks::{Tested, means};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::kit::words::Named;
use crate::lessons::decoding::WORDS;
use crate::{named, row};

/// In what a setting may differ from people.
const LIKE: [Measure; 4] = [Measure::Judge, Measure::Known, Measure::SelfBleu, Measure::Loops];
/// Two settings that write at least this share of the same texts are called the same.
const SAME: f64 = 0.5;

/// A family a row; none where nobody says how people write.
pub(super) fn table(
    assessed: &Assessed,
    matched: &[Cell],
    records: &[Record],
    tested: Option<&[Tested]>,
) -> Option<Table> {
    assessed.human().filter(|_| assessed.prompts >= FEWEST)?;
    let nearest = nearest_rows(assessed);
    let grouped = groups(records);
    let twins: Vec<Twin> = grouped.groups.iter().filter_map(|group| Twin::new(group, assessed)).collect();
    let of = |family: Family| {
        let own = nearest.iter().find(|row| row.family == Some(family))?;
        let when = when(assessed, own, family, tested)?;
        let same = twin(&twins, family).unwrap_or(Text::same("–"));
        Some(row![label::family(family), when, same, differs(matched, family)])
    };
    let table = Grid::new("worth", &WORDS).rows(Family::all().filter_map(of)).table();
    (!table.rows.is_empty()).then_some(table)
}

fn said(id: &str, values: &[Named]) -> Text {
    WORDS.with(&format!("worth.{id}"), values)
}

/// When a strategy is worth it: what it is for, if that is seen in this run, or else how like people it writes.
fn when(assessed: &Assessed, own: &Row, family: Family, tested: Option<&[Tested]>) -> Option<Text> {
    let purpose = match family {
        Family::Greedy => right(tested),
        Family::Beam => translated(tested),
        Family::NoRepeat | Family::Contrastive => no_loops(assessed, own),
        Family::TopK | Family::TopP | Family::MinP => hot(assessed, family),
        _ => None,
    };
    purpose.or_else(|| like_people(assessed, own))
}

fn right(tested: Option<&[Tested]>) -> Option<Text> {
    let means = means(tested?)?;
    let values = named![own = percent(means.greedy), other = percent(means.drawn)];
    let said = said("right", &values);
    (means.greedy > means.drawn).then_some(said)
}

fn translated(tested: Option<&[Tested]>) -> Option<Text> {
    let means = means(tested?)?;
    let said = said("translated", &named![own = two(means.beam_score), other = two(means.greedy_score)]);
    (means.beam_score > means.greedy_score).then_some(said)
}

fn no_loops(assessed: &Assessed, own: &Row) -> Option<Text> {
    let greedy = row_of(assessed, &Recipe::new(Family::Greedy, 0.0))?;
    let [loops, of_greedy] = [own, greedy].map(|row| assessed.interval(row, Measure::Loops).estimate);
    let rows = two(assessed.interval(own, Measure::Calls).estimate);
    let values = named![setting = label::row(own), own = percent(loops), other = percent(of_greedy), rows];
    let said = said("loops", &values);
    (assessed.difference(own, greedy, Measure::Loops).difference() == Difference::Smaller).then_some(said)
}

/// What a cut keeps of the words at the highest temperature.
fn hot(assessed: &Assessed, family: Family) -> Option<Text> {
    let heat = HEATS[HEATS.len() - 1];
    let cut = CUTS.into_iter().flatten().find(|(of, _)| *of == family)?;
    let own = row_of(assessed, &heated(Some(cut), heat))?;
    let uncut = row_of(assessed, &heated(None, heat))?;
    let [kept, other] = [own, uncut].map(|row| assessed.interval(row, Measure::Known).estimate);
    let setting = label::recipe(&Recipe::new(cut.0, cut.1));
    let heat = short(heat);
    let said = said("hot", &named![setting, heat, own = percent(kept), other = percent(other)]);
    let against = |row| assessed.difference(own, row, Measure::Known).difference();
    // More known words than people's are no gain.
    let saves = against(uncut) == Difference::Larger && against(assessed.human()?) != Difference::Larger;
    saves.then_some(said)
}

/// In how many measures the setting nearest to people differs from them, and pure sampling does, if it took part.
fn like_people(assessed: &Assessed, own: &Row) -> Option<Text> {
    let human = assessed.human()?;
    let pure = row_of(assessed, &Recipe::new(Family::Temperature, 1.0));
    let pure = pure.filter(|pure| !std::ptr::eq(*pure, own));
    // What is known of both: short texts have no share of loops, and texts without words none of known ones.
    let known = |row: &Row, measure: Measure| assessed.difference(row, human, measure).estimate.is_finite();
    let both = |measure: &Measure| known(own, *measure) && pure.is_none_or(|pure| known(pure, *measure));
    let measures: Vec<Measure> = LIKE.into_iter().filter(both).collect();
    (!measures.is_empty()).then_some(())?;
    let shown = |row: &Row, measure: Measure| {
        assessed.difference(row, human, measure).difference() != Difference::NotShown
    };
    let apart = |row: &Row| measures.iter().filter(|&&measure| shown(row, measure)).count();
    let n = apart(own);
    let (setting, of) = (label::row(own), measures.len());
    let Some(pure) = pure else {
        return Some(said("apart", &named![setting, n, of])); // drawing freely itself, or nothing to hold against it
    };
    let other = apart(pure);
    let values = named![setting, n, of, pure = other];
    let [like, no_better] = ["like", "no-better"].map(|id| said(id, &values));
    Some(if n < other { like } else { no_better })
}

/// A setting that may write what another one writes.
struct Twin<'a> {
    group: &'a Group<'a>,
    row: &'a Row,
}

impl<'a> Twin<'a> {
    /// None of people's texts, of the grid, and of greedy by another name.
    fn new(group: &'a Group<'a>, assessed: &'a Assessed) -> Option<Twin<'a>> {
        let of = |row: &&Row| row.strategy == group.strategy && row.settings == group.settings;
        let row = assessed.written().find(of)?;
        (row.counts && !row.is_greedy()).then_some(Twin { group, row })
    }
}

/// The setting of another family that writes the most of the same texts, if it writes half of them.
fn twin(all: &[Twin], family: Family) -> Option<Text> {
    let mut best: Option<(f64, &Twin, &Twin)> = None;
    for first in all.iter().filter(|twin| twin.row.family == Some(family)) {
        for second in all.iter().filter(|twin| twin.row.family != Some(family)) {
            let share = shared(first.group, second.group);
            if share >= SAME && best.is_none_or(|(most, ..)| share > most) {
                best = Some((share, first, second));
            }
        }
    }
    let (share, first, second) = best?;
    let values = named![own = label::row(first.row), other = label::row(second.row), share = percent(share)];
    Some(said("twin", &values))
}

/// The share of texts that are equal to the last character.
fn shared(first: &Group, second: &Group) -> f64 {
    let pairs = first.texts.iter().flatten().zip(second.texts.iter().flatten());
    let (mut same, mut all) = (0, 0);
    for (a, b) in pairs {
        all += 1;
        same += usize::from(a.text == b.text);
    }
    f64::from(same as u32) / f64::from(all.max(1))
}

/// How many comparisons with temperature alone show a difference, equally strong; at equal perplexity of a strategy
/// whose strength on a context is not defined.
fn differs(matched: &[Cell], family: Family) -> Text {
    let axis = if Axis::Entropy.families().contains(&family) { Axis::Entropy } else { Axis::Perplexity };
    let own: Vec<&Cell> =
        matched.iter().filter(|cell| cell.axis == axis && cell.family == family && !cell.is_base()).collect();
    let n = own.iter().filter(|cell| cell.shown() != Difference::NotShown).count();
    let counted = said("differs", &named![n, of = own.len()]);
    if own.iter().any(|cell| cell.decidable) { counted } else { Text::same("–") }
}
