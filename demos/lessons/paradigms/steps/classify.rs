//! The text by all three methods, taught by every row.

use concepts::classical::{Bag, ClassicalError, Logistic, NaiveBayes, Nearest};
use concepts::numerics::softmax::softmax;
use concepts::numerics::tolerance::EXACT_F64;
use ndarray::ArrayView1;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::setup::Setup;
use crate::{named, row};

/// Units of the text that the table shows.
const SHOWN: usize = 12;
/// Labels that are level, at most so many by name.
const LEVEL: usize = 4;
/// Rows that the three methods are taught by at most, beside the first of each label: more would take long.
const MOST: usize = 5000;

pub(crate) fn classify(setup: &Setup) -> Result<Findings, ClassicalError> {
    let mut f = Findings::default();
    let (classes, width) = (setup.data.names.len(), setup.vocabulary.len());
    let rows = taught(setup);
    let bags: Vec<Bag> = rows.iter().map(|&row| setup.bags[row].clone()).collect();
    let labels: Vec<usize> = rows.iter().map(|&row| setup.data.labels[row]).collect();
    let bayes = NaiveBayes::fit(&bags, &labels, classes, width, setup.settings.smoothing)?;
    let logistic = Logistic::fit(&bags, &labels, classes, width, setup.settings.penalty)?;
    let nearest = Nearest::new(&bags, &labels, classes, width)?;
    let (bag, unknown) = setup.bag();
    let joint = bayes.ln_joint(&bag);
    let (said, chance) = (bayes.predict(&bag), softmax(ArrayView1::from(&joint)));
    let similar = nearest.similarities(&bag);
    let best = (0..similar.len()).fold(0, |best, i| if similar[i] > similar[best] { i } else { best });
    let voted = nearest.predict(&bag, setup.settings.neighbours)?;
    let level = |won: usize| level_votes(&similar, &labels, classes, setup.settings.neighbours, won);
    let grid = Grid::new("classified", &WORDS);
    let none = grid.word("none");
    let table = grid
        .said("bayes", likeliest(setup, &chance.to_vec()))
        .said("logistic", likeliest(setup, &logistic.probabilities(&bag)))
        .said("nearest", row![voted.map_or(none, |won| among(setup, &level(won))), similar[best]])
        .table();
    f.table("classified", table);
    f.words(
        "nearest_said",
        match voted {
            Some(_) => most_similar(&similar, best, &name(&setup.data.texts[rows[best]])),
            None => WORDS.get("nearest_said.none"),
        },
    );
    f.tables("evidence", evidence(setup, &bayes, &bag, said));
    let all = unknown == concepts::classical::units(&setup.text, setup.units).len();
    f.note(
        "note_strange",
        match unknown {
            // A sentence of signs alone has no unit at all.
            0 if !bag.0.is_empty() => None,
            _ if all => Some(WORDS.get("note_strange.all")),
            _ => Some(WORDS.with("note_strange", &named![unknown])),
        },
    );
    f.note(
        "note_taught",
        (rows.len() < setup.bags.len())
            .then(|| WORDS.with("note_taught", &named![taught = rows.len(), rows = setup.bags.len()])),
    );
    Ok(f)
}

/// The most probable label and its probability. Of several that the table shows alike none has won.
fn likeliest(setup: &Setup, chances: &[f64]) -> Vec<Cell> {
    let most = chances.iter().copied().fold(0.0, f64::max);
    let level = (0..chances.len()).filter(|&class| plain(chances[class]) == plain(most));
    row![among(setup, &level.collect::<Vec<_>>()), most]
}

/// The label that won, or all those that are level.
fn among(setup: &Setup, level: &[usize]) -> Text {
    let mut names: Vec<Text> = level.iter().map(|&class| setup.data.names[class].clone()).collect();
    if names.len() == 1 {
        return names.remove(0);
    }
    if names.len() > LEVEL {
        names[LEVEL] = Text::same("…");
        names.truncate(LEVEL + 1);
    }
    WORDS.with("classified.level", &named![labels = Text::list(&names)])
}

/// The labels among which nothing but the order of the examples decides: as many votes, or as many as they could have
/// where more examples are equally similar than still may vote. The label that `won` alone where it needs no order.
fn level_votes(similar: &[f64], labels: &[usize], classes: usize, voters: usize, won: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..similar.len()).filter(|&i| similar[i] > 0.0).collect();
    order.sort_by(|&a, &b| similar[b].total_cmp(&similar[a]));
    let last = similar[order[voters.min(order.len()) - 1]];
    let (mut sure, mut equal) = (vec![0.0; classes], vec![0; classes]);
    let mut seats = voters.min(order.len());
    for i in order {
        if similar[i] > (1.0 + EXACT_F64) * last {
            sure[labels[i]] += similar[i];
            seats -= 1;
        } else if similar[i] >= (1.0 - EXACT_F64) * last {
            equal[labels[i]] += 1;
        }
    }
    let all: usize = equal.iter().sum();
    let most = |class: usize| sure[class] + seats.min(equal[class]) as f64 * last;
    let least = |class: usize| sure[class] + seats.saturating_sub(all - equal[class]) as f64 * last;
    let bar = (0..classes).map(least).fold(0.0, f64::max);
    let level: Vec<usize> = (0..classes).filter(|&class| most(class) >= (1.0 - EXACT_F64) * bar).collect();
    // With nothing sure, a label that no voter has is not level either.
    let level: Vec<usize> = level.into_iter().filter(|&class| most(class) > 0.0).collect();
    if level.contains(&won) { level } else { vec![won] }
}

/// The example that is most similar, or the first of those that are.
fn most_similar(similar: &[f64], best: usize, example: &str) -> Text {
    let alike = similar.iter().filter(|other| **other >= (1.0 - EXACT_F64) * similar[best]).count();
    let id = if alike == 1 { "nearest_said" } else { "nearest_said.tied" };
    WORDS.with(id, &named![example, alike])
}

/// The first row of each label, then the others in order.
fn taught(setup: &Setup) -> Vec<usize> {
    let mut seen = vec![false; setup.data.names.len()];
    let first = |&row: &usize| !std::mem::replace(&mut seen[setup.data.labels[row]], true);
    let (mut rows, rest): (Vec<usize>, Vec<usize>) = (0..setup.bags.len()).partition(first);
    rows.extend(rest.into_iter().take(MOST));
    rows
}

/// What each unit of the text says for the label that won, against the best of the others: a factor of the odds.
fn evidence(setup: &Setup, bayes: &NaiveBayes, bag: &Bag, won: usize) -> Vec<Table> {
    if bag.0.is_empty() {
        return Vec::new();
    }
    let joint = bayes.ln_joint(bag);
    let others = (0..joint.len()).filter(|&class| class != won);
    let Some(second) = others.reduce(|a, b| if joint[b] > joint[a] { b } else { a }) else {
        return Vec::new();
    };
    let mut speaking: Vec<(usize, f64)> = bag
        .0
        .iter()
        .map(|&(unit, count)| {
            let row = bayes.ln_likelihood.row(unit);
            (unit, count * (row[won] - row[second]))
        })
        .collect();
    speaking.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let labels = [won, second].map(|class| setup.data.names[class].clone());
    let [for_label, against] = labels;
    let grid = Grid::new("evidence", &WORDS).value("won", shown(&for_label)).value("second", shown(&against));
    let rows =
        speaking.iter().take(SHOWN).map(|&(unit, ln)| row![name(setup.vocabulary.name(unit)), factor(ln)]);
    vec![grid.rows(rows).table()]
}

/// A factor by its logarithm: a word that stands a hundred times has one that no `f64` holds.
fn factor(ln: f64) -> Cell {
    const HELD: f64 = 300.0;
    let tens = ln / std::f64::consts::LN_10;
    if tens.abs() < HELD {
        return ln.exp().into();
    }
    let power = tens.floor();
    format!("{:.1}e{power}", 10_f64.powf(tens - power)).into()
}

fn shown(text: &Text) -> crate::kit::words::Shown {
    crate::kit::words::Shown::As(text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::text::Lang;

    #[test]
    fn a_vote_that_the_order_of_examples_decides_is_level() {
        let of =
            |similar: &[f64], labels: &[usize], voters| level_votes(similar, labels, 3, voters, labels[0]);
        assert_eq!(of(&[0.5, 0.5, 0.2], &[0, 1, 2], 1), [0, 1]);
        assert_eq!(of(&[0.5, 0.5, 0.2], &[0, 0, 2], 1), [0]);
        assert_eq!(of(&[0.5, 0.5, 0.2], &[0, 1, 0], 2), [0, 1]);
        assert_eq!(of(&[0.5, 0.5, 0.2], &[0, 1, 0], 3), [0]);
        assert_eq!(of(&[0.9, 0.5, 0.5], &[0, 1, 2], 2), [0]);
    }

    #[test]
    fn a_factor_that_no_f64_holds_is_a_power_of_ten() {
        let said = |ln| match factor(ln) {
            Cell::Words(text) => text.get(Lang::En).to_owned(),
            Cell::Number(number) => number.to_string(),
        };
        assert_eq!([said(1540.0), said(-1540.0), said(0.0)], ["6.5e668", "1.5e-669", "1"]);
    }
}
