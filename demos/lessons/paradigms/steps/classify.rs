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
    let label = |class: usize| setup.data.names[class].clone();
    let joint = bayes.ln_joint(&bag);
    let (said, chance) = (bayes.predict(&bag), softmax(ArrayView1::from(&joint)));
    let similar = nearest.similarities(&bag);
    let best = (0..similar.len()).fold(0, |best, i| if similar[i] > similar[best] { i } else { best });
    let voted = nearest.predict(&bag, setup.settings.neighbours)?;
    let grid = Grid::new("classified", &WORDS);
    let none = grid.word("none");
    let table = grid
        .said("bayes", likeliest(setup, &chance.to_vec()))
        .said("logistic", likeliest(setup, &logistic.probabilities(&bag)))
        .said("nearest", row![voted.map_or(none, label), similar[best]])
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
    let mut names: Vec<Text> = level.map(|class| setup.data.names[class].clone()).collect();
    if names.len() == 1 {
        return row![names.remove(0), most];
    }
    if names.len() > LEVEL {
        names[LEVEL] = Text::same("…");
        names.truncate(LEVEL + 1);
    }
    row![WORDS.with("classified.level", &named![labels = Text::list(&names)]), most]
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
    fn a_factor_that_no_f64_holds_is_a_power_of_ten() {
        let said = |ln| match factor(ln) {
            Cell::Words(text) => text.get(Lang::En).to_owned(),
            Cell::Number(number) => number.to_string(),
        };
        assert_eq!([said(1540.0), said(-1540.0), said(0.0)], ["6.5e668", "1.5e-669", "1"]);
    }
}
