//! The pictures.

use concepts::preference::{
    Bin, PreferenceError, best_of, calibration, calibration_error, clipped, expected, forward_optimum, kl,
    optimum,
};

use super::WORDS;
use super::experiments::answers::{AS_PUBLISHED, METHODS, REFERENCE, REWARDS};
use super::experiments::proxy::{at, prices};
use super::setup::Setup;
use super::steps::convergence::{NEAR, starts_near};
use super::steps::stages::{BINS, DIGIT};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::sketch::Sketch;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, PreferenceError> {
    Ok(vec![calibrated(setup), frontier()?, regions(setup.epsilon), distances(setup), overoptimised(setup)?])
}

/// Predicted and seen shares, of answers that the reward model knows and of those that PPO ends with.
fn calibrated(setup: &Setup) -> Figure {
    let [tuned, ppo] = setup.held.each_ref().map(|held| calibration(held, BINS));
    let alike = calibration_error(&ppo) < 2.0 * calibration_error(&tuned);
    // A share of a few says nothing.
    let points = |bins: Vec<Bin>| {
        bins.into_iter().filter(|bin| bin.count >= 30).map(|bin| (bin.predicted, bin.observed))
    };
    let figure = Sketch::lines("calibration", &WORDS, [Linear, Linear])
        .measured("of-tuned", points(tuned))
        .measured("of-ppo", points(ppo))
        .formula("even", [(0.0, 0.0), (1.0, 1.0)])
        .figure();
    titled(figure, "calibration.alike", alike)
}

/// The figure with another title, where its own would not be true.
fn titled(mut figure: Figure, id: &str, instead: bool) -> Figure {
    if instead {
        figure.title = WORDS.get(id);
    }
    figure
}

/// Reward against divergence: the optimum at every price, best-of-n, and the optimum of the other divergence.
fn frontier() -> Result<Figure, PreferenceError> {
    let point = |p: &[f64]| (kl(p, &REFERENCE), expected(p, &REWARDS));
    let (mut best, mut other) = (Vec::new(), Vec::new());
    for (i, beta) in (0..=60).map(|i| (i, 10_f64.powf(1.0 - f64::from(i) / 60.0 * 2.7))) {
        best.push(point(&optimum(&REFERENCE, &REWARDS, beta)?.policy));
        // At some prices, with markers: two dashed lines so close together could not be told apart.
        if i % 5 == 0 {
            other.push(point(&forward_optimum(&REFERENCE, &REWARDS, beta)?.policy));
        }
    }
    let of_n = [1_usize, 2, 3, 4, 6, 8, 12, 16, 32, 64].map(|n| point(&best_of(&REFERENCE, &REWARDS, n)));
    Ok(Sketch::lines("frontier", &WORDS, [Linear, Linear])
        .formula("best", best)
        .measured("of-n", of_n)
        .measured("other", other)
        .figure())
}

/// The objective over the ratio, for both signs.
fn regions(epsilon: f64) -> Figure {
    // Straight between these.
    let ratios = [(1.0 - 2.0 * epsilon).max(0.0), 1.0 - epsilon, 1.0, 1.0 + epsilon, 1.0 + 2.0 * epsilon];
    // Less its start: with a small ε it would look flat everywhere.
    let points =
        |advantage: f64| ratios.map(|ratio| (ratio, clipped(ratio, advantage, epsilon).value - advantage));
    Sketch::lines("clip_regions", &WORDS, [Linear, Linear])
        .value("epsilon", epsilon)
        .formula("good", points(1.0))
        .formula("bad", points(-1.0))
        .rule(1.0)
        .figure()
}

/// What is left to the optimum, by steps. Beyond rounding a distance is no longer drawn.
fn distances(setup: &Setup) -> Figure {
    let mut sketch =
        Sketch::lines("distance", &WORDS, [Linear, Log]).value("beta", setup.beta).value("near", NEAR);
    for (i, (id, _)) in METHODS.iter().enumerate().filter(|(i, _)| *i != 5) {
        let steps = setup.runs[i].iter().enumerate().map(|(step, p)| (step as f64, kl(p, &setup.best)));
        let left: Vec<(f64, f64)> = steps.take_while(|(_, left)| *left > 1e-12).collect();
        // A curve that is soon over has closer points.
        let every = (setup.steps / 100).min(left.len() / 4).max(1);
        sketch = sketch.formula(id, left.into_iter().step_by(every).collect::<Vec<_>>());
    }
    let near = |i: usize| kl(&setup.runs[i][setup.steps], &setup.best) < NEAR;
    titled(
        sketch.figure(),
        "distance.open",
        starts_near(setup) || !(near(0) && near(1) && near(2) && near(4)) || near(AS_PUBLISHED),
    )
}

/// Proxy and true reward against the root of the divergence, both less what fine-tuning has: a fitted reward has no
/// zero of its own.
fn overoptimised(setup: &Setup) -> Result<Figure, PreferenceError> {
    let p = &setup.pipeline;
    let of_tuned = p.seen[0];
    let (mut proxy, mut gold) = (Vec::new(), Vec::new());
    for beta in prices() {
        let [kl, of_proxy, of_gold] = at(p, &p.proxy, beta)?;
        let root = kl.max(0.0).sqrt();
        proxy.push((root, of_proxy - of_tuned[1]));
        gold.push((root, of_gold - of_tuned[2]));
    }
    let (mut last, mut along) = (f64::NEG_INFINITY, Vec::new());
    for [kl, _, gold] in &p.seen {
        // PPO's path, as far as it goes outwards.
        let root = kl.max(0.0).sqrt();
        if root > last + 0.02 {
            along.push((root, *gold - of_tuned[2]));
            last = root;
        }
    }
    let most = gold.iter().fold(f64::NEG_INFINITY, |most: f64, (_, gold)| most.max(*gold));
    let free = most > DIGIT && gold.last().is_some_and(|(_, end)| most < end + DIGIT);
    let sketch = Sketch::lines("overoptimised", &WORDS, [Linear, Linear]);
    let figure = sketch.formula("proxy", proxy).formula("gold", gold).measured("ppo", along).figure();
    Ok(titled(figure, "overoptimised.free", free))
}
