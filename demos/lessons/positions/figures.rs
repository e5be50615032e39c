//! The pictures.

use concepts::position::{alibi_slopes, sinusoidal_table, t5_bucket};
use ndarray::Array2;

use super::WORDS;
use super::experiments::relative::HEADS;
use super::experiments::sinusoid::by_offset;
use super::published::{LENGTHS, STRETCHED, Stretched};
use super::scheme::T5;
use super::setup::Setup;
use super::steps::sinusoidal::alike;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

/// More positions or features than this are left out of the picture of the table.
const SHOWN: usize = 64;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    let whole = sinusoidal_table(setup.seq, setup.d_model, setup.base)?;
    Ok(vec![table(setup, &whole)?, offset(&whole), alibi()?, t5()?, long()])
}

/// Positions from left to right, as a text is read; features downwards, fast ones first.
fn table(setup: &Setup, whole: &Array2<f64>) -> Result<Figure, Refusal> {
    let (seq, d_model) = whole.dim();
    let (rows, cols) = (d_model.min(SHOWN), seq.min(SHOWN));
    let data = Array2::from_shape_fn((rows, cols), |(j, p)| whole[[p, j]]);
    let cut = if (rows, cols) == (d_model, seq) {
        Text::same("")
    } else {
        WORDS.with("cut", &named![d_model, seq])
    };
    let speeds = WORDS.get(if alike(setup)? { "speeds.alike" } else { "speeds" });
    let [rows, cols] = [rows, cols].map(|n| Text::each(0..n));
    Ok(Sketch::heat("table", &WORDS, rows, cols, data).value("speeds", speeds).value("cut", cut).figure())
}

fn offset(whole: &Array2<f64>) -> Figure {
    let points = by_offset(whole).into_iter().enumerate().map(|(k, dot)| (k as f64, dot));
    Sketch::lines("offset", &WORDS, [Linear, Linear]).measured("dots", points).figure()
}

/// What some heads take off the score, by distance.
fn alibi() -> Result<Figure, Refusal> {
    const FARTHEST: f64 = 32.0;
    let slopes = alibi_slopes(HEADS)?;
    let heads = [("head-1", 0), ("head-2", 1), ("head-3", 2), ("head-4", 3), ("head-last", HEADS - 1)];
    let sketch = Sketch::lines("alibi", &WORDS, [Linear, Linear]).value("heads", HEADS);
    let sketch = heads.into_iter().fold(sketch, |sketch, (id, head)| {
        sketch.formula(id, [0.0, FARTHEST].map(|back| (back, -slopes[head] * back)))
    });
    Ok(sketch.figure())
}

/// The bucket of each distance, before the query and after it.
fn t5() -> Result<Figure, Refusal> {
    const FARTHEST: i64 = 200;
    let (buckets, farthest) = T5;
    let of = |direction: i64| -> Result<Vec<(f64, f64)>, Refusal> {
        let bucket = |distance: i64| t5_bucket(direction * distance, true, buckets, farthest);
        let point = |distance| -> Result<_, Refusal> { Ok((distance as f64, bucket(distance)? as f64)) };
        (1..=FARTHEST).map(point).collect()
    };
    let sketch = Sketch::lines("t5", &WORDS, [Log, Linear]);
    let (before, after) = (of(-1)?, of(1)?);
    // The first distance of the last bucket, in which all that are farther end.
    let shared = before.iter().find(|point| point.1 == (buckets / 2 - 1) as f64).map_or(0.0, |point| point.0);
    let sketch = sketch.value("buckets", buckets).value("exact", buckets / 4).value("shared", shared);
    Ok(sketch.measured("after", after).measured("before", before).figure())
}

/// Perplexity beyond the length of training, as published.
fn long() -> Figure {
    let sketch = Sketch::lines("long", &WORDS, [Log, Log]).value("trained", LENGTHS[0]);
    let line = |sketch: Sketch<'static>, stretched: &Stretched| {
        let points = LENGTHS.iter().zip(stretched.perplexity).filter_map(|(n, p)| Some((*n as f64, p?)));
        sketch.measured(stretched.scheme, points)
    };
    STRETCHED.iter().fold(sketch, line).figure()
}
