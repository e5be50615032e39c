//! Of each strategy: when it is worth it, and which other one does the same. The sentences follow the numbers.

use concepts::comparison::{Family, Group, Measure, Recipe, Record, groups};
use concepts::evaluation::Difference;

use super::assess::{Assessed, Row};
use super::figures::row_of;
use super::label;
use super::matched::{Axis, Cell};
use super::recipes::{CUTS, HEATS, heated};
use super::tables::{nearest_rows, percent, two};
use super::tasks::{Tested, means};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
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
    assessed.human().filter(|_| assessed.prompts > 1)?;
    let nearest = nearest_rows(assessed);
    let grouped = groups(records);
    let of = |family: Family| {
        let own = nearest.iter().find(|row| row.family == Some(family))?;
        let when = when(assessed, own, family, tested)?;
        let same = twin(&grouped.groups, family).unwrap_or(Text::same("–"));
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
    let said = said("hot", &named![setting, heat, own = percent(kept), other = percent(other)]);
    (assessed.difference(own, uncut, Measure::Known).difference() == Difference::Larger).then_some(said)
}

/// In how many measures the setting nearest to people differs from them, and pure sampling does.
fn like_people(assessed: &Assessed, own: &Row) -> Option<Text> {
    let human = assessed.human()?;
    let apart = |row: &Row| {
        let shown = |measure: &&Measure| {
            let difference = assessed.difference(row, human, **measure);
            difference.estimate.is_finite() && difference.difference() != Difference::NotShown
        };
        LIKE.iter().filter(shown).count()
    };
    let pure = apart(row_of(assessed, &Recipe::new(Family::Temperature, 1.0))?);
    let n = apart(own);
    let values = named![setting = label::row(own), n, of = LIKE.len(), pure];
    let [like, nowhere] = ["like", "nowhere"].map(|id| said(id, &values));
    Some(if n < pure { like } else { nowhere })
}

/// The setting of another family that writes the most of the same texts, if it writes half of them.
fn twin(all: &[Group], family: Family) -> Option<Text> {
    let own = all.iter().filter(|group| group.strategy == family.word() && group.settings.len() <= 1);
    let mut best: Option<(f64, &Group, &Group)> = None;
    for first in own {
        let others = all.iter().filter(|group| {
            group.strategy != family.word() && !group.is_human() && group.settings.len() <= 1
        });
        for second in others {
            let share = shared(first, second);
            if share >= SAME && best.is_none_or(|(most, ..)| share > most) {
                best = Some((share, first, second));
            }
        }
    }
    let (share, first, second) = best?;
    let name = |group: &Group| {
        let value = group.settings.first().map_or(0.0, |(_, value)| *value);
        Some(label::recipe(&Recipe::new(Family::named(group.strategy)?, value)))
    };
    Some(said("twin", &named![own = name(first)?, other = name(second)?, share = percent(share)]))
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
