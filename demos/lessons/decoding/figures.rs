//! The pictures.

use concepts::decoding::{Candidates, DecodingError};

use super::WORDS;
use super::experiments::comparison::{Comparison, Size};
use super::experiments::distributions::geometric;
use super::experiments::row::{Quantity, Row};
use super::experiments::sorting::{Comparisons, ORDERS, SELECTED};
use super::knobs::Kind;
use super::setup::{Setup, within};
use super::steps::derivations::WIDTH;
use super::strategies::{How, Named, Numbers, label};
use super::titles::{
    Points, filters_follow, loops_end_first, one_is_nearest, searches_are_alike, titled, width_leaves_people,
};
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::{Figure, Series};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;

pub(crate) fn figures(
    setup: &Setup,
    comparison: &Comparison,
    counted: &[(usize, Comparisons)],
) -> Result<Vec<Figure>, Refusal> {
    let [temperature, sameness] = sweep(setup, comparison)?;
    Ok(vec![
        surviving(setup)?,
        trade(comparison),
        temperature,
        sameness,
        widths(setup, comparison)?,
        choosing(counted),
    ])
}

/// How many tokens each filter keeps, from steep to flat.
fn surviving(setup: &Setup) -> Result<Figure, DecodingError> {
    const VOCAB: usize = 1000;
    let ratios = [0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.985, 0.993, 0.997, 0.999, 1.0];
    let all: Vec<Candidates> = ratios
        .iter()
        .map(|&r| Candidates::from_probabilities(&geometric(r, VOCAB)))
        .collect::<Result<_, _>>()?;
    // The effective number of tokens: e^H equally likely ones would have this entropy.
    let effective = |candidates: &Candidates| candidates.entropy().exp();
    let numbers = Numbers { k: setup.k_of_words, ..setup.numbers };
    let kinds = [Kind::TopK, Kind::TopP, Kind::MinP, Kind::Typical, Kind::Epsilon];
    let mut sketch = Sketch::lines("surviving", &WORDS, [Log, Log]);
    let mut ends = Vec::new();
    for (kind, (_, filter)) in kinds.into_iter().zip(numbers.filters()) {
        let point = |c: &Candidates| Ok((effective(c), filter.apply(c)?.size() as f64));
        let points: Vec<(f64, f64)> = all.iter().map(point).collect::<Result<_, DecodingError>>()?;
        ends.push((kind, points[0].1, points[points.len() - 1].1));
        sketch = sketch.series(Series::measured(label(kind, &numbers), points));
    }
    // Top-p 1 and min-p 0 cut nothing, min-p 1 all that is not level with the best: what they keep follows nothing.
    let follow = filters_follow(&ends, numbers.k) && numbers.cuts(Kind::TopP) && numbers.cuts(Kind::MinP);
    Ok(titled(sketch.figure(), follow))
}

/// Strategies that go together in the picture of the trade, by the id of their label: those that look for a
/// probable text, those that cut or reweigh before they draw, and the two that stand alone.
const FAMILIES: [(&str, &[Kind]); 4] = [
    ("searching", &[Kind::Greedy, Kind::NoRepeat, Kind::Beam]),
    ("contrastive", &[Kind::Contrastive]),
    (
        "truncating",
        &[
            Kind::Temperature,
            Kind::TopK,
            Kind::TopP,
            Kind::MinP,
            Kind::Typical,
            Kind::Epsilon,
            Kind::Mirostat,
        ],
    ),
    ("sampling", &[Kind::Sampling]),
];

/// Quality against diversity: a point for each strategy, a line for each family.
fn trade(comparison: &Comparison) -> Figure {
    let point = |row: &Row| {
        let likeness = comparison.interval(row, Quantity::SelfBleu);
        let surprise = -comparison.interval(row, Quantity::LogProb).estimate;
        (surprise, likeness.estimate, likeness.low, likeness.high)
    };
    // Texts without words have no likeness: there is no point to draw.
    let known = |point: &(f64, f64, f64, f64)| !point.0.is_nan() && !point.1.is_nan();
    let mut sketch = Sketch::lines("trade", &WORDS, [Linear, Log]);
    for (family, kinds) in FAMILIES {
        let mut points: Vec<_> = kinds.iter().filter_map(|kind| comparison.row(*kind)).map(point).collect();
        points.retain(known);
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if !points.is_empty() {
            sketch = sketch.spread(family, points);
        }
    }
    let figure = sketch.spread("human", comparison.human().map(point).filter(known)).figure();
    titled(figure, searches_are_alike(comparison))
}

/// Logits that a text of a sweep may take.
pub(super) const SWEEP: usize = 80_000;

/// How much is written for each value of a sweep: less than for the tables.
pub(crate) fn swept(setup: &Setup, full: &Comparison) -> Size {
    let tokens = within(full.size.tokens, SWEEP, &setup.trained);
    Size { prompts: full.size.prompts.min(10), tokens, seeds: 1, resamples: 200, ..full.size }
}

/// A smaller comparison for each value of a knob.
fn small(setup: &Setup, full: &Comparison, named: &[Named]) -> Result<Comparison, DecodingError> {
    Comparison::new(&setup.trained, named, swept(setup, full), setup.seed)
}

/// A quantity of each strategy of a sweep, with its interval.
fn points(comparison: &Comparison, at: &[f64], quantity: Quantity) -> Points {
    let each = comparison.written().map(|row| comparison.interval(row, quantity));
    at.iter().zip(each).map(|(&x, of)| (x, of.estimate, of.low, of.high)).collect()
}

/// The surprise `−ln p` of each strategy of a sweep, with its interval.
fn surprise(comparison: &Comparison, at: &[f64]) -> Points {
    let negative = |(x, y, low, high): (f64, f64, f64, f64)| (x, -y, -high, -low);
    points(comparison, at, Quantity::LogProb).into_iter().map(negative).collect()
}

/// Surprise at each temperature, beside that of held-out text; and how alike the texts are.
fn sweep(setup: &Setup, full: &Comparison) -> Result<[Figure; 2], DecodingError> {
    let at = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5];
    let comparison = small(setup, full, &at.map(Named::heated))?;
    let surprises = surprise(&comparison, &at);
    let nearest = one_is_nearest(&surprises, human_surprise(full));
    let temperature = Sketch::lines("temperature", &WORDS, [Linear, Linear])
        .spread("surprise", surprises)
        .formula("human", level(full, &at))
        .figure();
    let [alike, loops] = [Quantity::SelfBleu, Quantity::Loops].map(|of| points(&comparison, &at, of));
    let first = loops_end_first(&loops, &alike);
    let sameness = Sketch::lines("sameness", &WORDS, [Linear, Linear])
        .spread("self-bleu", alike.into_iter().filter(|point| !point.1.is_nan()))
        .spread("loops", loops.into_iter().filter(|point| !point.1.is_nan()))
        .figure();
    Ok([titled(temperature, nearest), titled(sameness, first)])
}

fn widths(setup: &Setup, full: &Comparison) -> Result<Figure, DecodingError> {
    let beams = [1usize, 2, 4, 8, 16];
    let named = beams.map(|beams| Named::unnamed(Kind::Beam, How::Beam(beams, 0.0)));
    let comparison = small(setup, full, &named)?;
    let at = beams.map(|beams| beams as f64);
    let surprises = surprise(&comparison, &at);
    let leaves = width_leaves_people(&surprises, human_surprise(full));
    let figure = Sketch::lines("beams", &WORDS, [Log, Linear])
        .spread("surprise", surprises)
        .formula("human", level(full, &at))
        .figure();
    Ok(titled(figure, leaves))
}

/// The surprise of held-out text, from one end of an axis to the other.
fn level(full: &Comparison, at: &[f64]) -> Vec<(f64, f64)> {
    let level = human_surprise(full);
    at.iter().filter(|_| !level.is_nan()).map(|&x| (x, level)).collect()
}

fn human_surprise(full: &Comparison) -> f64 {
    full.human().map_or(f64::NAN, |row| -full.interval(row, Quantity::LogProb).estimate)
}

/// What choosing a token costs beside the layer that made the logits.
fn choosing(counted: &[(usize, Comparisons)]) -> Figure {
    let points =
        |of: fn(&Comparisons) -> f64| counted.iter().map(move |(size, count)| (*size as f64, of(count)));
    let select = counted.iter().map(|(size, count)| {
        let (mean, fewest, most) = count.select;
        (*size as f64, mean, fewest, most)
    });
    Sketch::lines("choosing", &WORDS, [Log, Log])
        .value("selected", SELECTED)
        .value("orders", ORDERS)
        .value("width", WIDTH)
        .measured("sort", points(|count| count.sort as f64))
        .spread("select", select)
        .measured("argmax", points(|count| count.argmax as f64))
        .formula("output", counted.iter().map(|(size, _)| (*size as f64, (size * WIDTH) as f64)))
        .figure()
}
