//! The pictures.

use ndarray::Array2;

use super::WORDS;
use super::experiments::growth::{Point, growth};
use super::experiments::languages::{Way, rates};
use super::experiments::lengths::{LONGEST, lengths};
use super::experiments::tree::{Join, tree};
use super::learn::Algorithm;
use super::setup::Setup;
use super::steps::shown_tokens::one_line;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

pub(crate) fn figures(setup: &Setup) -> Vec<Figure> {
    vec![merge_tree(setup), compression(setup), token_lengths(setup), by_language()]
}

/// A BPE that is drawn beside another tokenizer has at least so many merges, if the text has: the size that was asked
/// for is the other one's, and may be less than the 256 bytes.
const PICTURED: usize = 1000;

/// The word letter by letter, one row a merge. The colour of a letter is the merge that made its token: letters
/// of one colour beside each other are one token.
fn merge_tree(setup: &Setup) -> Figure {
    let other =
        is_other(setup).then(|| setup.long.first(setup.bpe.counts.len().max(PICTURED)).ok()).flatten();
    let bpe = other.as_ref().unwrap_or(&setup.bpe);
    let tree = tree(bpe, &setup.text);
    let label = |(i, join): (usize, &Join)| {
        let [left, right] = join.parts.each_ref().map(|part| visible(part));
        Text::same(format!("{} {left}+{right}", i + 1))
    };
    let rows = std::iter::once(WORDS.get("tree.start")).chain(tree.joins.iter().enumerate().map(label));
    let cols = tree.symbols.iter().map(|symbol| Text::same(visible(symbol))).collect();
    let made = |row: usize, col: usize| row.checked_sub(1).map_or(0, |row| tree.joins[row].made[col]);
    let size = (tree.joins.len() + 1, tree.symbols.len());
    let data = Array2::from_shape_fn(size, |(row, col)| made(row, col) as f64);
    let more = if tree.cut { "…" } else { "" };
    let pieces = visible(&tree.pieces.join("·")) + more;
    // Without a merge nothing is put together.
    let none = if bpe.counts.is_empty() { "tree.empty" } else { "tree.none" };
    let none = tree.joins.is_empty().then(|| WORDS.with(none, &named![pieces = pieces.clone()]));
    let figure = Sketch::heat("tree", &WORDS, rows.collect(), cols, data).value("pieces", pieces).figure();
    Figure { title: none.unwrap_or(figure.title), ..figure }
}

/// Has the run a tokenizer of another kind, or one from a file, whose merges are not drawn?
fn is_other(setup: &Setup) -> bool {
    setup.algorithm != Algorithm::Bpe || setup.loaded.is_some()
}

/// Why the picture is not of the tokenizer that cuts the person's text.
pub(crate) fn other_tree(setup: &Setup) -> Option<Text> {
    let algorithm = setup.algorithm.name();
    is_other(setup).then(|| WORDS.with("note_tree", &named![algorithm, corpus = setup.corpus.name.clone()]))
}

fn visible(text: &str) -> String {
    one_line(&text.replace(' ', "Ġ"))
}

fn compression(setup: &Setup) -> Figure {
    let points = growth(setup);
    let line = |of: fn(&Point) -> f64| points.iter().map(move |point| (point.vocabulary as f64, of(point)));
    let sketch = Sketch::lines("compression", &WORDS, [Log, Linear])
        .measured("training", line(|point| point.training))
        .rule(setup.tokenizer.len() as f64);
    // Nothing is held out of a short text: one line, and words that say less.
    if setup.corpus.undivided {
        let title = if points.len() < 2 { "compression.one-undivided" } else { "compression.undivided" };
        let (title, description) = (WORDS.get(title), WORDS.get("compression.seen-undivided"));
        return Figure { title, description, ..sketch.figure() };
    }
    let figure = sketch.measured("held-out", line(|point| point.held_out)).figure();
    let title = match () {
        () if points.len() < 2 => WORDS.get("compression.alone"),
        () => match held_out_gain(&points) {
            Gain::Hardly => figure.title,
            Gain::Less => WORDS.get("compression.less"),
            Gain::Too => WORDS.get("compression.both"),
        },
    };
    Figure { title, ..figure }
}

/// What held-out text gains with the last doubling of the vocabulary.
enum Gain {
    /// Less than a third of what the training text gains, and less than a tenth of what it had.
    Hardly,
    /// Less than a third of what the training text gains.
    Less,
    /// More.
    Too,
}

fn held_out_gain(points: &[Point]) -> Gain {
    let Some(last) = points.last() else { return Gain::Too };
    let doubled = points.iter().rfind(|point| 2 * point.vocabulary <= last.vocabulary);
    // Of a small corpus the vocabulary never doubles: then with the last merges.
    let Some(before) = doubled.or_else(|| points.iter().rev().nth(1)) else { return Gain::Too };
    let gain = last.held_out - before.held_out;
    match () {
        () if gain >= (last.training - before.training) / 3.0 => Gain::Too,
        () if gain < before.held_out / 10.0 => Gain::Hardly,
        () => Gain::Less,
    }
}

fn token_lengths(setup: &Setup) -> Figure {
    let shares = lengths(&setup.tokenizer);
    // Neither single characters, nor parts of them, nor long strings.
    let few = shares.iter().enumerate().filter(|(length, _)| (2..LONGEST).contains(length));
    let most = few.map(|(_, share)| share).sum::<f64>() > 0.5;
    let points = shares.into_iter().enumerate().map(|(length, share)| (length as f64, 100.0 * share));
    let figure = Sketch::lines("lengths", &WORDS, [Linear, Linear])
        .value("longest", LONGEST)
        .measured("share", points)
        .figure();
    if most { figure } else { Figure { title: WORDS.get("lengths.plain"), ..figure } }
}

fn by_language() -> Figure {
    let name = |id: &str| WORDS.get(&format!("languages.{id}"));
    let rows = Way::ALL.map(|way| name(way.id())).to_vec();
    let cols = ["on-english", "on-chinese"].map(name).to_vec();
    let data = Array2::from_shape_fn((rows.len(), 2), |(way, language)| rates(Way::ALL[way])[language]);
    Sketch::heat("languages", &WORDS, rows, cols, data).figure()
}
