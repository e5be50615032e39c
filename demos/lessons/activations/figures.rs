//! The pictures.

use concepts::activation::{Activation, ActivationError, Start};

use super::WORDS;
use super::experiments::published::SHAZEER;
use super::setup::Setup;
use super::steps::DEEP;
use super::steps::flow::sent;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::Series;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

const CURVES: [(&str, Activation); 4] = [
    ("relu", Activation::Relu),
    ("gelu", Activation::Gelu),
    ("silu", Activation::SILU),
    ("mish", Activation::Mish),
];

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, ActivationError> {
    let slopes = curves("slopes", Activation::derivative);
    Ok(vec![
        curves("curves", Activation::of),
        slopes,
        betas(setup.beta),
        approximation(),
        deep(setup)?,
        published(),
    ])
}

fn curves(id: &'static str, of: fn(Activation, f64) -> f64) -> Figure {
    // An even number of steps that misses 0, where the slope of ReLU jumps.
    let places = || (0..100).map(|i| -3.96 + 0.08 * f64::from(i));
    let sketch = Sketch::lines(id, &WORDS, [Linear, Linear]);
    CURVES
        .iter()
        .fold(sketch, |sketch, (name, f)| sketch.formula(name, places().map(|x| (x, of(*f, x)))))
        .figure()
}

/// β of the curves of Swish that are always drawn.
const BETAS: [f64; 4] = [0.1, 0.5, 1.0, 4.0];

/// Swish from half of x to ReLU.
fn betas(chosen: f64) -> Figure {
    let places = || (0..=100).map(|i| -4.0 + 0.08 * f64::from(i));
    let mut all = BETAS.to_vec();
    if !all.contains(&chosen) {
        all.push(chosen);
        all.sort_by(f64::total_cmp);
    }
    let curve = |beta: f64| {
        let label = WORDS.with("betas.one", &named![beta]);
        let f = Activation::Swish { beta };
        Series::formula(label, places().map(|x| (x, f.of(x))).collect())
    };
    let sketch = Sketch::lines("betas", &WORDS, [Linear, Linear]);
    all.into_iter().fold(sketch, |sketch, beta| sketch.series(curve(beta))).figure()
}

/// Below this an error is not drawn: it falls to 0 where the curves cross, and for large x.
const SMALLEST: f64 = 1e-6;

fn approximation() -> Figure {
    let off = |f: Activation| {
        let points = (1..=120).map(move |i| {
            let x = 0.05 * f64::from(i);
            (x, (f.of(x) - Activation::Gelu.of(x)).abs())
        });
        points.filter(|(_, error)| *error >= SMALLEST)
    };
    Sketch::lines("approximation", &WORDS, [Linear, Log])
        .value("smallest", SMALLEST)
        .formula("tanh", off(Activation::GeluTanh))
        .formula("sigma", off(Activation::GeluSigmoid))
        .figure()
}

fn deep(setup: &Setup) -> Result<Figure, ActivationError> {
    let mut sketch = Sketch::lines("flow", &WORDS, [Linear, Log]);
    for ((_, f), id) in DEEP.into_iter().zip(["relu", "gelu", "silu", "mish", "tanh", "sigmoid"]) {
        let back = sent(setup, f, Start::He)?.backward;
        // From the last layer, where all begin at one place, to the first. Where all is dead nothing arrives, and 0 has
        // no place on this axis.
        let points = back.into_iter().rev().enumerate().filter(|(_, y)| *y > 0.0);
        sketch = sketch.measured(id, points.map(|(i, y)| (i as f64, y)));
    }
    Ok(sketch.figure())
}

fn published() -> Figure {
    // After the long training noise was not published; that of the short one stands for it.
    let sketch = Sketch::lines("published", &WORDS, [Linear, Linear]);
    // Each layer is a series of its own: no line leads from one to the next, their order means nothing.
    let all = SHAZEER.iter().enumerate().fold(sketch, |sketch, (i, row)| {
        let (y, noise) = (row.late, 2.0 * row.noise);
        let name = if row.name == "Bilinear" { WORDS.get("shazeer.bilinear") } else { Text::same(row.name) };
        let id = if row.gated { "published.gated" } else { "published.plain" };
        let label = WORDS.with(id, &named![number = i + 1, name]);
        let one = Series::measured(label, vec![((i + 1) as f64, y)]);
        sketch.series(Series { spread: Some(vec![(y - noise, y + noise)]), ..one })
    });
    all.figure()
}
