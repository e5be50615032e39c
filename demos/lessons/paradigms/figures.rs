//! The pictures.

use concepts::evaluation::{Difference, EvaluationError};
use concepts::numerics::statistics::mean;
use ndarray::Array2;

use super::WORDS;
use super::experiments::leads::{Meeting, apart, means, meeting};
use super::experiments::tagging::Right;
use super::setup::Setup;
use super::steps::{scores, sizes, tagging::tag_name, votes::voters, votes::voting};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

/// Paths this much worse than the best one at a word all look alike, in nats.
const DARK: f64 = -15.0;

/// `scored` is the tagger's two scores by the number of tagged sentences.
pub(crate) fn figures(setup: &Setup, scored: &[(usize, Right)]) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![trellis(setup), work(setup), parameters(setup)?, curves(setup)?, sentences(scored)])
}

/// δ, each word against its best tag.
fn trellis(setup: &Setup) -> Figure {
    let delta = &setup.decoded.trellis;
    let best = |t: usize| delta.row(t).fold(f64::NEG_INFINITY, |most: f64, &x| most.max(x));
    let data =
        Array2::from_shape_fn((delta.ncols(), delta.nrows()), |(j, t)| (delta[[t, j]] - best(t)).max(DARK));
    let rows = setup.tagger.names().iter().map(|tag| tag_name(tag)).collect();
    Sketch::heat("trellis", &WORDS, rows, Text::each(&setup.words), data).value("dark", DARK).figure()
}

/// Paths against steps.
fn work(setup: &Setup) -> Figure {
    let k = setup.tagger.names().len() as f64;
    let most = setup.words.len().max(12);
    let points = |of: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (1..=most).map(|n| (n as f64, of(n as f64))).filter(|point| point.1 < 1e100).collect()
    };
    Sketch::lines("work", &WORDS, [Linear, Log])
        .value("tags", setup.tagger.names().len())
        .formula("paths", points(&|n| k.powf(n)))
        .formula("steps", points(&|n| k + (n - 1.0) * k * k))
        .figure()
}

fn parameters(setup: &Setup) -> Result<Figure, Refusal> {
    let bars = sizes::of(setup)?
        .into_iter()
        .map(|model| (WORDS.get(&format!("sizes.{}", model.id)), model.parameters as f64));
    Ok(Sketch::bars("parameters", &WORDS, Log, bars.collect::<Vec<_>>()).figure())
}

/// What the curves show of both trained classifiers.
fn title(setup: &Setup) -> Result<&'static str, EvaluationError> {
    let curve = &setup.curve;
    // Behind beyond doubt, even where the nearest example is no better than guessing.
    let behind = |method| -> Result<bool, EvaluationError> {
        let apart = apart(curve, method, setup.drawn())?;
        Ok(apart.iter().any(|one| one.difference() == Difference::Smaller))
    };
    let overtakes = |one: &Meeting| matches!(one, Meeting::Trained(_) | Meeting::Turns(_));
    Ok(match [meeting(curve, 0, setup.drawn())?, meeting(curve, 1, setup.drawn())?] {
        [Meeting::Crosses { .. }, Meeting::Crosses { .. }] => "learning.both",
        [Meeting::Crosses { .. }, _] | [_, Meeting::Crosses { .. }] => "learning.one",
        [Meeting::Trained(_), Meeting::Trained(_)] if !behind(0)? && !behind(1)? => "learning.ahead",
        meetings if meetings.iter().any(overtakes) => "learning.mixed",
        _ => "learning.none",
    })
}

fn curves(setup: &Setup) -> Result<Figure, EvaluationError> {
    let curve = &setup.curve;
    let title = title(setup)?;
    let mut sketch = Sketch::lines("learning", &WORDS, [Log, Linear])
        .value("title", WORDS.with(title, &named![voting = voting(voters(setup))]))
        .value("repeats", setup.settings.repeats);
    for (method, id) in ["bayes", "logistic", "nearest"].into_iter().enumerate() {
        let found = means(curve, method, setup.seed)?;
        let points = curve.sizes.iter().zip(&found).map(|(&n, i)| (n as f64, i.estimate, i.low, i.high));
        sketch = sketch.spread(id, points);
    }
    let rule = curve.sizes.iter().zip(&curve.commonest).map(|(&n, share)| (n as f64, mean(share)));
    Ok(sketch.measured("commonest", rule).figure())
}

/// The tagger's two scores by the number of tagged sentences.
fn sentences(scored: &[(usize, Right)]) -> Figure {
    let points = |of: fn(&Right) -> f64| scored.iter().map(move |(size, right)| (*size as f64, of(right)));
    Sketch::lines("sentences", &WORDS, [Log, Linear])
        .value("divisions", scores::DIVISIONS)
        .measured("words", points(Right::word_share))
        .measured("whole", points(Right::sentence_share))
        .figure()
}
