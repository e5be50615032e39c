//! The pictures.

use concepts::contrastive::{
    ContrastiveError, Scene, Sharpness, Sizes, Towers, fusion_cost, image_tokens, lowest_loss, recall,
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
    Ok(vec![
        pictures(setup.seed),
        floors()?,
        course(setup)?,
        heat("heat_before", &setup.trained.before, setup.seed)?,
        heat("heat_after", &setup.trained.towers, setup.seed)?,
        growth(setup)?,
    ])
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
    let losses = &setup.trained.losses;
    let size = losses.len().div_ceil(PARTS).max(1);
    let means = losses.chunks(size).enumerate().map(|(i, part)| {
        let middle = (i * size) as f64 + (part.len() as f64 + 1.0) / 2.0;
        (middle, part.iter().sum::<f64>() / part.len() as f64)
    });
    let (first, last) =
        (losses.first().copied().unwrap_or_default(), losses.last().copied().unwrap_or_default());
    // The first step by itself: its mean with the next ones hides where training began.
    let points = (size > 1).then_some((1.0, first)).into_iter().chain(means);
    let (end, batch) = (losses.len() as f64, setup.plan.batch);
    let flat = |y: f64| [(1.0, y), (end.max(2.0), y)];
    let mut sketch = Sketch::lines("course", &WORDS, [Linear, Linear])
        .value("first", first)
        .value("last", last)
        .value("size", size)
        .measured("loss", points);
    if setup.siglip() {
        sketch = sketch.formula("blind", flat(guessing(batch, true)));
    } else {
        let floor = lowest_loss(batch, setup.plan.sharpness)?.max(least(batch));
        sketch = sketch.formula("guess", flat(guessing(batch, false))).formula("floor", flat(floor));
    }
    let mut figure = sketch.figure();
    if losses.len() == 1 {
        figure.title = WORDS.with("course.single", &named![first]);
    }
    if let (true, Plot::Lines { y, .. }) = (size > 1, &mut figure.plot) {
        y.label = WORDS.with("course.means", &named![size]);
    }
    Ok(figure)
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
    let sides = [2, 4, 8, 16, 24, 32, 48, 64, 96, 128].map(|side| side * patch);
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
    Ok(sketch.figure())
}
