//! The pictures.

use std::f64::consts::TAU;

use concepts::position::rope::phase_ratios;
use concepts::position::wavelengths;
use ndarray::Array2;

use super::WORDS;
use super::experiments::decay::{bound_of_ones, of_ones, random_size};
use super::experiments::extension::whole;
use super::method::{METHODS, Method};
use super::setup::Setup;
use super::steps::one_pair::shown_pair;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::kit::visible;
use crate::named;

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
        wavelengths(frequencies).into_iter().enumerate().map(|(i, w)| (i as f64, w)).collect::<Vec<_>>()
    };
    let last = (setup.trained.len() - 1) as f64;
    let level = |len: usize| [(0.0, len as f64), (last, len as f64)];
    let mut sketch =
        Sketch::lines("spectrum", &WORDS, [Linear, Log]).measured("trained", by_pair(&setup.trained));
    let own =
        setup.own.as_ref().filter(|_| setup.used != setup.trained).map(|rope| visible::name(&rope.kind));
    let method = own.or_else(|| (setup.method != Method::Plain).then(|| name(setup.method).to_string()));
    if let Some(method) = method {
        sketch = sketch.value("method", method).measured("scaled", by_pair(&setup.used));
    }
    sketch
        .formula("train-len", level(setup.extension.train_len))
        .formula("len", level(setup.extension.len))
        .figure()
}

/// On axes of equal factors: what is above the other is above it by a factor.
fn decay(setup: &Setup) -> Figure {
    const DRAWS: usize = 50;
    const DISTANCES: [i64; 13] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
    let fine = (0..=80).map(|i| 10_f64.powf(f64::from(i) / 20.0).round());
    let random = |r| random_size(r, &setup.used, DRAWS, setup.seed);
    Sketch::lines("decay", &WORDS, [Log, Log])
        .formula("bound", fine.map(|r| (r, bound_of_ones(r, &setup.used))))
        .measured("same", DISTANCES.map(|r| (r as f64, of_ones(r, &setup.used))))
        .measured("random", DISTANCES.map(|r| (r as f64, random(r))))
        .figure()
}

/// Methods in the order of what they do to the fast pairs. Dynamic NTK at its full length is NTK, unless a factor is
/// given: it means another thing to each.
const COMPARED: [Method; 5] =
    [Method::Plain, Method::Ntk, Method::Llama3, Method::Yarn, Method::Interpolation];
/// Pairs that are shown at most, evenly spaced, both ends included: as many as a terminal has room for.
const SHOWN: usize = 22;

fn phases(setup: &Setup) -> Figure {
    let pairs = setup.trained.len();
    let count = pairs.min(SHOWN);
    let shown: Vec<usize> = (0..count).map(|i| i * (pairs - 1) / (count - 1).max(1)).collect();
    let compared = COMPARED.iter().map(|method| (name(*method).to_string(), ratios(*method, setup)));
    let compared: Vec<_> = compared.chain(of_the_run(setup)).collect();
    let data = compared.iter().flat_map(|(_, ratios)| {
        let ratios = ratios.clone().unwrap_or_else(|| vec![f64::NAN; pairs]);
        shown.iter().map(|&i| whole(ratios[i])).collect::<Vec<_>>()
    });
    let data = Array2::from_shape_vec((compared.len(), shown.len()), data.collect());
    let data = data.unwrap_or_else(|_| Array2::zeros((0, 0)));
    let rows = compared.into_iter().map(|(name, _)| Text::same(name)).collect();
    let slow = setup.trained.iter().position(|theta| (setup.extension.train_len as f64) * theta < TAU);
    let boundary = match slow {
        Some(first) => WORDS.with("boundary", &named![first]),
        None => WORDS.get("no-boundary"),
    };
    let border: Vec<usize> = slow.map(|slow| shown.partition_point(|&i| i < slow)).into_iter().collect();
    let sketch = Sketch::heat("phases", &WORDS, rows, Text::each(&shown), data).borders(&[], &border);
    let figure = sketch.value("boundary", boundary).figure();
    match slow {
        Some(_) => figure,
        None => Figure { title: WORDS.get("phases.turned"), ..figure },
    }
}

/// The run's own method, if it is none of those that are compared.
fn of_the_run(setup: &Setup) -> Option<(String, Option<Vec<f64>>)> {
    let apart = setup.method == Method::DynamicNtk && setup.extension.factor.is_some();
    let own = setup.own.as_ref().map(|rope| visible::name(&rope.kind));
    let name = own.or_else(|| apart.then(|| name(setup.method).to_string()))?;
    let (train_len, len) = (setup.extension.train_len, setup.extension.len);
    Some((format!("{name} ←"), phase_ratios(&setup.used, &setup.trained, train_len, len).ok()))
}

fn ratios(method: Method, setup: &Setup) -> Option<Vec<f64>> {
    let scaling = method.scaling(&setup.extension);
    let used = scaling.frequencies(setup.head_dim, setup.base).ok()?;
    phase_ratios(&used, &setup.trained, setup.extension.train_len, setup.extension.len).ok()
}

/// A method as the flag names it.
fn name(method: Method) -> &'static str {
    METHODS.iter().find(|(_, known)| *known == method).map_or("", |(name, _)| name)
}
