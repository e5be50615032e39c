//! The pictures.

use concepts::contrastive::{
    ContrastiveError, Objective, Scene, Sharpness, Sizes, Towers, fusion_cost, image_tokens, lowest_loss,
    on_logits, recall,
};
use concepts::numerics::rng;

use super::WORDS;
use super::experiments::scenes::{caption, guessing, held_out, least, pixels};
use super::setup::Setup;
use super::steps::fusion::WAYS;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::{Figure, Plot};
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, ContrastiveError> {
    let mut figures = vec![
        pictures(setup.seed),
        floors()?,
        heat("heat_before", &setup.trained.before, setup.seed)?,
        heat("heat_after", &setup.trained.towers, setup.seed)?,
        by_temperature(setup)?,
        growth(setup)?,
    ];
    // One step is no course.
    if setup.plan.steps > 1 {
        figures.push(course(setup)?);
    }
    Ok(figures)
}

/// Two scenes of each shape.
fn pictures(seed: u64) -> Figure {
    let mut draws = rng(seed, "clip shown");
    let shown = [0, 22, 41, 63, 10, 19, 36, 57].map(|i| Scene::all()[i]);
    Sketch::pictures("pictures", &WORDS, shown.map(|scene| (caption(scene), pixels(&scene.draw(&mut draws)))))
        .figure()
}

fn floors() -> Result<Figure, ContrastiveError> {
    let batches = || (1..=16).map(|k| 1usize << k);
    let mut sketch = Sketch::lines("floor", &WORDS, [Log, Linear])
        .formula("guess", batches().map(|n| (n as f64, (n as f64).ln())));
    for (id, tau) in [("one", 1.0), ("half", 0.5), ("clip", 0.07)] {
        let sharp = Sharpness::temperature(tau)?;
        let points: Vec<(f64, f64)> = batches()
            .map(|n| Ok((n as f64, lowest_loss(n, sharp)?)))
            .collect::<Result<_, ContrastiveError>>()?;
        sketch = sketch.value("tau_half", 0.5).value("tau_clip", 0.07).formula(id, points);
    }
    Ok(sketch.figure())
}

/// Losses are drawn as means of so many parts of the training at most.
const PARTS: usize = 40;

fn course(setup: &Setup) -> Result<Figure, ContrastiveError> {
    let (losses, batch) = (&setup.trained.losses, setup.plan.batch);
    let size = losses.len().div_ceil(PARTS).max(1);
    let (first, last) =
        (losses.first().copied().unwrap_or_default(), losses.last().copied().unwrap_or_default());
    let flat = |y: f64| [(1.0, y), (losses.len() as f64, y)];
    let mut sketch = Sketch::lines("course", &WORDS, [Linear, Linear])
        .value("first", first)
        .value("last", last)
        .value("size", size)
        .measured("loss", in_parts(losses, size));
    if setup.siglip() {
        sketch = sketch.formula("blind", flat(guessing(batch, true)));
    } else {
        // τ is learnt, and with it moves how low a batch can get.
        let floor = |&scale: &f64| Ok(lowest_loss(batch, Sharpness { scale, bias: 0.0 })?.max(least(batch)));
        let floors: Vec<f64> =
            setup.trained.scales.iter().map(floor).collect::<Result<_, ContrastiveError>>()?;
        sketch =
            sketch.formula("guess", flat(guessing(batch, false))).formula("floor", in_parts(&floors, size));
    }
    let mut figure = sketch.figure();
    if size == 1 {
        figure.description = WORDS.get("course.each");
    } else if let Plot::Lines { y, .. } = &mut figure.plot {
        y.label = WORDS.with("course.means", &named![size]);
    }
    Ok(figure)
}

/// Means over parts of the steps, each at its middle. The first step by itself: its mean with the next ones hides
/// where training began.
fn in_parts(values: &[f64], size: usize) -> Vec<(f64, f64)> {
    let means = values.chunks(size).enumerate().map(|(i, part)| {
        let middle = (i * size) as f64 + (part.len() as f64 + 1.0) / 2.0;
        (middle, part.iter().sum::<f64>() / part.len() as f64)
    });
    let first = values.first().filter(|_| size > 1).map(|first| (1.0, *first));
    first.into_iter().chain(means).collect()
}

/// A loss below this is not drawn: on a logarithmic axis it would fall without end.
const DRAWN: f64 = 1e-3;

/// Temperatures of that figure.
const COLDEST_AND_WARMEST: [f64; 2] = [0.01, 10.0];

/// A loss over all these temperatures, where it can be drawn.
fn drawn(of: impl Fn(f64) -> Result<f64, ContrastiveError>) -> Result<Vec<(f64, f64)>, ContrastiveError> {
    const STEPS: i32 = 36;
    let [low, high] = COLDEST_AND_WARMEST;
    let taus = (0..=STEPS).map(|i| low * (high / low).powf(f64::from(i) / f64::from(STEPS)));
    let points = taus.map(|tau| Ok((tau, of(tau)?))).collect::<Result<Vec<_>, ContrastiveError>>()?;
    Ok(points.into_iter().filter(|(_, loss)| *loss >= DRAWN).collect())
}

/// The cosines of scenes never seen, as trained and untrained towers have them, judged at other temperatures.
fn by_temperature(setup: &Setup) -> Result<Figure, ContrastiveError> {
    let judged = |towers: &Towers| {
        let cosines = held_out(towers, setup.seed)?;
        drawn(|tau| Ok(on_logits((&cosines / tau).view(), Objective::CLIP)?.loss))
    };
    let [low, high] = COLDEST_AND_WARMEST;
    let n = Scene::of(true).len();
    Ok(Sketch::lines("by_temperature", &WORDS, [Log, Log])
        .value("n", n)
        .measured("before", judged(&setup.trained.before)?)
        .measured("after", judged(&setup.trained.towers)?)
        .formula("guess", [low, high].map(|tau| (tau, (n as f64).ln())))
        .formula("floor", drawn(|tau| lowest_loss(n, Sharpness::temperature(tau)?))?)
        .rule(setup.trained.towers.sharp().scale.recip())
        .figure())
}

/// Pictures of scenes never seen against their captions.
fn heat(id: &'static str, towers: &Towers, seed: u64) -> Result<Figure, ContrastiveError> {
    let cosines = held_out(towers, seed)?;
    let n = cosines.nrows();
    let hits = (recall(cosines.view())?.texts_found * n as f64).round();
    let labels = || Text::each(1..=n);
    Ok(Sketch::heat(id, &WORDS, labels(), labels(), cosines).value("hits", hits).value("n", n).figure())
}

fn growth(setup: &Setup) -> Result<Figure, ContrastiveError> {
    let patch = setup.patch;
    // As far as the resolution of this run, and with it.
    let mut sides: Vec<usize> =
        [2, 4, 8, 16, 24, 32, 48, 64, 96, 128].iter().map(|side| side * patch).collect();
    while let Some(next) = sides.last().map(|last| 2 * last).filter(|next| *next < setup.resolution) {
        sides.push(next);
    }
    sides.push(setup.resolution);
    sides.sort_unstable();
    sides.dedup();
    let mut sketch = Sketch::lines("growth", &WORDS, [Log, Log]);
    for (id, way) in WAYS {
        let point = |&resolution: &usize| {
            let sizes = Sizes { image: image_tokens(resolution, patch), ..setup.sizes };
            Ok((resolution as f64, fusion_cost(way, sizes)?.added() as f64))
        };
        let points: Vec<(f64, f64)> = sides.iter().map(point).collect::<Result<_, ContrastiveError>>()?;
        sketch = sketch
            .value("text", setup.sizes.text)
            .value("patch", patch)
            .value("queries", setup.sizes.queries)
            .formula(id, points);
    }
    Ok(sketch.rule(setup.resolution as f64).figure())
}
