//! The pictures.

use concepts::decoding::{Candidates, DecodingError};

use super::WORDS;
use super::experiments::comparison::{Comparison, Size};
use super::experiments::distributions::geometric;
use super::experiments::row::Quantity;
use super::experiments::sorting::comparisons;
use super::knobs::Kind;
use super::refused::of_decoding;
use super::setup::{Setup, within};
use super::strategies::{How, Named, Numbers, label};
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::{Figure, Series};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;

pub(crate) fn figures(setup: &Setup, comparison: &Comparison) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![
        surviving(setup).map_err(of_decoding)?,
        trade(comparison),
        sweep(setup, comparison).map_err(of_decoding)?,
        widths(setup, comparison).map_err(of_decoding)?,
        choosing(setup.seed),
    ])
}

/// How many tokens each filter keeps, from steep to flat.
fn surviving(setup: &Setup) -> Result<Figure, DecodingError> {
    const VOCAB: usize = 1000;
    /// Of the written answer's range: the lesson's own k is meant for characters.
    const TOP_K: usize = 50;
    let ratios = [0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.985, 0.993, 0.997, 0.999, 1.0];
    let all: Vec<Candidates> = ratios
        .iter()
        .map(|&r| Candidates::from_probabilities(&geometric(r, VOCAB)))
        .collect::<Result<_, _>>()?;
    // The effective number of tokens: e^H equally likely ones would have this entropy.
    let effective = |candidates: &Candidates| candidates.entropy().exp();
    let numbers = Numbers { k: TOP_K, ..setup.numbers };
    let kinds = [Kind::TopK, Kind::TopP, Kind::MinP, Kind::Typical, Kind::Epsilon];
    let mut sketch = Sketch::lines("surviving", &WORDS, [Log, Log]);
    for (kind, (_, filter)) in kinds.into_iter().zip(numbers.filters()) {
        let point = |c: &Candidates| Ok((effective(c), filter.apply(c)?.size() as f64));
        let points = all.iter().map(point).collect::<Result<_, DecodingError>>()?;
        sketch = sketch.series(Series::measured(label(kind, &numbers), points));
    }
    Ok(sketch.figure())
}

/// Quality against diversity, one point a strategy.
fn trade(comparison: &Comparison) -> Figure {
    let mut sketch = Sketch::lines("trade", &WORDS, [Linear, Log]);
    for row in &comparison.rows {
        let likeness = comparison.interval(row, Quantity::SelfBleu);
        let surprise = -comparison.interval(row, Quantity::LogProb).estimate;
        let spread = Some(vec![(likeness.low, likeness.high)]);
        let point = Series::measured(row.label.clone(), vec![(surprise, likeness.estimate)]);
        sketch = sketch.series(Series { spread, ..point });
    }
    match comparison.human() {
        Some(human) => sketch.rule(-comparison.interval(human, Quantity::LogProb).estimate).figure(),
        None => sketch.figure(),
    }
}

/// Logits that a text of a sweep may take.
const SWEEP: usize = 80_000;

/// A smaller comparison for each value of a knob.
fn small(setup: &Setup, full: &Comparison, named: &[Named]) -> Result<Comparison, DecodingError> {
    let tokens = within(full.size.tokens, SWEEP, &setup.trained);
    let size = Size { prompts: full.size.prompts.min(10), tokens, seeds: 1, resamples: 200, ..full.size };
    Comparison::new(&setup.trained, named, size, setup.seed)
}

/// A quantity of each strategy of a sweep, with its interval.
fn points(comparison: &Comparison, at: &[f64], quantity: Quantity) -> Vec<(f64, f64, f64, f64)> {
    let each = comparison.written().map(|row| comparison.interval(row, quantity));
    at.iter().zip(each).map(|(&x, of)| (x, of.estimate, of.low, of.high)).collect()
}

/// The surprise `−ln p` of each strategy of a sweep, with its interval.
fn surprise(comparison: &Comparison, at: &[f64]) -> Vec<(f64, f64, f64, f64)> {
    let negative = |(x, y, low, high): (f64, f64, f64, f64)| (x, -y, -high, -low);
    points(comparison, at, Quantity::LogProb).into_iter().map(negative).collect()
}

fn sweep(setup: &Setup, full: &Comparison) -> Result<Figure, DecodingError> {
    let at = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5];
    let comparison = small(setup, full, &at.map(Named::heated))?;
    let sketch = Sketch::lines("temperature", &WORDS, [Linear, Linear])
        .spread("surprise", surprise(&comparison, &at))
        .spread("self-bleu", points(&comparison, &at, Quantity::SelfBleu))
        .spread("loops", points(&comparison, &at, Quantity::Loops));
    let human = full.human().map(|row| -full.interval(row, Quantity::LogProb).estimate);
    Ok(match human {
        Some(level) => sketch.formula("human", [(0.0, level), (1.5, level)]).figure(),
        None => sketch.figure(),
    })
}

fn widths(setup: &Setup, full: &Comparison) -> Result<Figure, DecodingError> {
    let beams = [1usize, 2, 4, 8, 16];
    let named = beams.map(|beams| Named::unnamed(Kind::Beam, How::Beam(beams, 0.0)));
    let comparison = small(setup, full, &named)?;
    let at = beams.map(|beams| beams as f64);
    Ok(Sketch::lines("beams", &WORDS, [Log, Linear])
        .spread("surprise", surprise(&comparison, &at))
        .spread("distinct", points(&comparison, &at, Quantity::Distinct))
        .spread("self-bleu", points(&comparison, &at, Quantity::SelfBleu))
        .figure())
}

/// What choosing a token costs beside the layer that made the logits.
fn choosing(seed: u64) -> Figure {
    const K: usize = 50;
    const WIDTH: f64 = 4096.0;
    let sizes = [1_000usize, 4_000, 16_000, 32_000, 64_000, 128_000];
    let counted = sizes.map(|size| (size as f64, comparisons(size, K, seed)));
    Sketch::lines("choosing", &WORDS, [Log, Log])
        .measured("sort", counted.map(|(size, count)| (size, count.sort as f64)))
        .measured("select", counted.map(|(size, count)| (size, count.select as f64)))
        .measured("argmax", counted.map(|(size, count)| (size, count.argmax as f64)))
        .formula("output", counted.map(|(size, _)| (size, size * WIDTH)))
        .figure()
}
