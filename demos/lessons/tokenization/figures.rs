//! The pictures.

use ndarray::Array2;

use super::WORDS;
use super::experiments::growth::{Point, growth};
use super::experiments::languages::{Way, rates};
use super::experiments::lengths::{LONGEST, lengths};
use super::experiments::tree::{Join, tree};
use super::setup::Setup;
use super::steps::shown_tokens::one_line;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::Series;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

pub(crate) fn figures(setup: &Setup) -> Vec<Figure> {
    vec![merge_tree(setup), compression(setup), token_lengths(setup), by_language()]
}

/// Each merge as a bridge over what it joins, as high as the step at which it is made.
fn merge_tree(setup: &Setup) -> Figure {
    let tree = tree(&setup.bpe, &setup.text);
    let letters = (0..tree.symbols.len()).map(|i| ((i + 1) as f64, 0.0)).collect();
    let bridge = |join: &Join| {
        let [(left, from), (right, to)] = join.parts;
        let height = join.step as f64;
        let label = Text::same(format!("{} {}", join.step, visible(&join.token)));
        Series::formula(label, vec![(left, from), (left, height), (right, height), (right, to)])
    };
    let sketch = Sketch::lines("tree", &WORDS, [Linear, Linear])
        .value("pieces", visible(&tree.pieces.join("·")))
        .series(Series::measured(Text::same(spaced(&tree.symbols)), letters));
    tree.joins.iter().map(bridge).fold(sketch, Sketch::series).figure()
}

fn spaced(symbols: &[String]) -> String {
    symbols.iter().map(|symbol| visible(symbol)).collect::<Vec<_>>().join(" ")
}

fn visible(text: &str) -> String {
    one_line(&text.replace(' ', "Ġ"))
}

fn compression(setup: &Setup) -> Figure {
    let points = growth(setup);
    let line = |of: fn(&Point) -> f64| points.iter().map(move |point| (point.vocabulary as f64, of(point)));
    let figure = Sketch::lines("compression", &WORDS, [Log, Linear])
        .measured("training", line(|point| point.training))
        .measured("held-out", line(|point| point.held_out))
        .rule(setup.tokenizer.len() as f64)
        .figure();
    // Nothing is held out of a short text: its title says less.
    let undivided = WORDS.get("compression.undivided");
    if setup.corpus.undivided { Figure { title: undivided, ..figure } } else { figure }
}

fn token_lengths(setup: &Setup) -> Figure {
    let bars = lengths(&setup.tokenizer).into_iter().enumerate().map(|(length, share)| {
        let label = match length {
            0 => WORDS.get("lengths.part"),
            LONGEST => Text::same(format!("{LONGEST}+")),
            _ => Text::same(length.to_string()),
        };
        (label, 100.0 * share)
    });
    Sketch::bars("lengths", &WORDS, Linear, bars).figure()
}

fn by_language() -> Figure {
    let name = |id: &str| WORDS.get(&format!("languages.{id}"));
    let rows = Way::ALL.map(|way| name(way.id())).to_vec();
    let cols = ["on-english", "on-chinese"].map(name).to_vec();
    let data = Array2::from_shape_fn((rows.len(), 2), |(way, language)| rates(Way::ALL[way])[language]);
    Sketch::heat("languages", &WORDS, rows, cols, data).figure()
}
