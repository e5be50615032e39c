//! The pictures.

use std::f64::consts::TAU;

use concepts::position::rope::{abel_bound, phase_ratios};
use concepts::position::wavelengths;

use super::WORDS;
use super::experiments::decay::{aligned, random_size};
use super::knobs::{METHODS, Method};
use super::setup::Setup;
use super::steps::one_pair::shown_pair;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::{Figure, Series};
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

pub(crate) fn figures(setup: &Setup) -> Vec<Figure> {
    vec![swing(setup), spectrum(setup), decay(setup), phases(setup)]
}

fn swing(setup: &Setup) -> Figure {
    let theta = setup.used[shown_pair(setup)];
    // Two turns, in 64 steps: places between the whole ones show the curve.
    let places: Vec<f64> = (0..=64).map(|i| f64::from(i) * 2.0 * TAU / theta / 64.0).collect();
    let along = |of: fn(f64) -> f64| places.iter().map(move |&m| (m, of(m * theta)));
    Sketch::lines("swing", &WORDS, [Linear, Linear])
        .formula("first", along(f64::cos))
        .formula("second", along(f64::sin))
        .formula("length", along(|angle| angle.cos().hypot(angle.sin())))
        .figure()
}

fn spectrum(setup: &Setup) -> Figure {
    let by_pair = |frequencies: &[f64]| {
        wavelengths(frequencies).into_iter().enumerate().map(|(i, w)| ((i + 1) as f64, w)).collect::<Vec<_>>()
    };
    let last = setup.trained.len() as f64;
    let level = |len: usize| [(1.0, len as f64), (last, len as f64)];
    let mut sketch =
        Sketch::lines("spectrum", &WORDS, [Linear, Log]).measured("trained", by_pair(&setup.trained));
    if setup.method != Method::Plain {
        sketch = sketch.series(Series::measured(named(setup.method), by_pair(&setup.used)));
    }
    sketch.formula("train-len", level(setup.train_len)).formula("len", level(setup.len)).figure()
}

fn decay(setup: &Setup) -> Figure {
    const DRAWS: usize = 50;
    let distances = [1_i64, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
    let fine = (0..=80).map(|i| 10_f64.powf(f64::from(i) / 20.0).round());
    Sketch::lines("decay", &WORDS, [Log, Linear])
        .formula("bound", fine.map(|r| (r, abel_bound(r, &setup.used))))
        .measured("same", distances.map(|r| (r as f64, aligned(r, &setup.used))))
        .measured("random", distances.map(|r| (r as f64, random_size(r, &setup.used, DRAWS, setup.seed))))
        .figure()
}

fn phases(setup: &Setup) -> Figure {
    let ratios = |method: Method| {
        let scaling = method.scaling(setup.train_len, setup.len);
        let used = scaling.frequencies(setup.head_dim, setup.base).ok()?;
        phase_ratios(&used, &setup.trained, setup.train_len, setup.len).ok()
    };
    // Dynamic NTK at its full length is NTK.
    let shown = METHODS.iter().map(|(_, method)| *method).filter(|method| *method != Method::DynamicNtk);
    let lines = shown.filter_map(|method| {
        let points = ratios(method)?.into_iter().enumerate().map(|(i, ratio)| ((i + 1) as f64, ratio));
        Some(Series::measured(named(method), points.collect()))
    });
    let sketch = lines.fold(Sketch::lines("phases", &WORDS, [Linear, Log]), Sketch::series);
    let slow = setup.trained.iter().position(|theta| (setup.train_len as f64) * theta < TAU);
    match slow {
        Some(i) => sketch.rule((i + 1) as f64).figure(),
        None => sketch.figure(),
    }
}

/// A method as the flag names it.
fn named(method: Method) -> Text {
    let name = METHODS.iter().find(|(_, known)| *known == method).map_or("", |(name, _)| name);
    Text::same(name)
}
