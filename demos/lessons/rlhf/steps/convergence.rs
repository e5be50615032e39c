//! Every method towards the optimum.

use concepts::preference::{PreferenceError, expected, forward_optimum, kl};
use rayon::prelude::*;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::{Lang, Text};
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::answers::{AS_PUBLISHED, METHODS, REFERENCE, REWARDS, trained};
use crate::lessons::rlhf::setup::Setup;
use crate::{named, row};

/// Near the optimum: the words say so.
pub(crate) const NEAR: f64 = 0.01;
/// Seeds that are tried beside the chosen one.
const SEEDS: u64 = 4;

pub(crate) fn convergence(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.number("steps", setup.steps as f64);
    let mut grid = Grid::new("left", &WORDS).value("steps", setup.steps).value("tenth", setup.steps / 10);
    for ((id, _), run) in METHODS.iter().zip(&setup.runs) {
        let left = |at: usize| written(kl(&run[at], &setup.best));
        let end = &run[setup.steps];
        grid = grid.said(
            id,
            row![
                left(0),
                left(setup.steps / 10),
                left(setup.steps),
                expected(end, &REWARDS),
                kl(end, &REFERENCE)
            ],
        );
    }
    grid = grid
        .said("optimum", row!["0", "0", "0", expected(&setup.best, &REWARDS), kl(&setup.best, &REFERENCE)]);
    f.table("left", grid.table());
    f.words("closest_said", closest(setup));
    f.words("seeds_said", seeds(setup)?);
    f.words("published_said", published(setup));
    let forward = forward_optimum(&REFERENCE, &REWARDS, setup.beta)?.policy;
    f.number("optima", kl(&forward, &setup.best));
    Ok(f)
}

/// What draws ends elsewhere with another seed: the farthest of several, by method.
fn seeds(setup: &Setup) -> Result<Text, PreferenceError> {
    let left = |(method, i): (usize, u64)| {
        let Setup { beta, epsilon, group, steps, .. } = *setup;
        // Far from the seeds that a person may try next.
        let seed = setup.seed.wrapping_add(1_000_003 * (i + 1));
        let seen = trained(METHODS[method].1, beta, epsilon, group, steps, seed)?;
        Ok(kl(&seen[steps], &setup.best).max(0.0))
    };
    let all: Vec<(usize, u64)> = (0..3).flat_map(|method| (0..SEEDS).map(move |i| (method, i))).collect();
    let left: Vec<f64> = all.par_iter().map(|one| left(*one)).collect::<Result<_, PreferenceError>>()?;
    let far = |method: usize| {
        let of = left.iter().zip(&all).filter(|(_, (this, _))| *this == method);
        written(of.fold(0.0, |most: f64, (left, _)| most.max(*left)))
    };
    let values = named![more = SEEDS, reinforce = far(0), ppo = far(1), grpo = far(2)];
    Ok(WORDS.with("seeds_said", &values))
}

/// A distance, small ones with two digits; what is below rounding is called so.
fn written(distance: f64) -> String {
    match distance.max(0.0) {
        below if below < 1e-14 => "< 1e-14".into(),
        small if small < 1e-3 => format!("{small:.1e}"),
        distance => format!("{distance:.4}"),
    }
}

/// Is the start near the optimum already? Then it says nothing of a method that it ends near.
pub(crate) fn starts_near(setup: &Setup) -> bool {
    kl(&REFERENCE, &setup.best) < NEAR
}

/// Which end close: those that charge in the reward, or by pairs, or others. Where the start is close already, those
/// that come nearer.
fn closest(setup: &Setup) -> Text {
    let left = |i: usize| kl(&setup.runs[i][setup.steps], &setup.best).max(0.0);
    let first = kl(&REFERENCE, &setup.best);
    let at_first = written(first);
    if starts_near(setup) {
        // As the table writes them: what it shows as one number is no nearer.
        let nearer = |&i: &usize| left(i) < first && written(left(i)) != at_first;
        let nearer: Vec<usize> = (0..METHODS.len()).filter(nearer).collect();
        let id = if nearer.is_empty() { "closest_said.start-none" } else { "closest_said.start" };
        return WORDS.with(id, &named![names = listed(&nearer), near = NEAR, first = at_first]);
    }
    let close: Vec<usize> = (0..METHODS.len()).filter(|&i| left(i) < NEAR).collect();
    if close == [0, 1, 2, 4] {
        return WORDS.with("closest_said.all", &named![near = NEAR]);
    }
    WORDS.with("closest_said", &named![names = listed(&close), near = NEAR])
}

/// Methods by their names.
fn listed(methods: &[usize]) -> Text {
    let names: Vec<Text> = methods
        .iter()
        // In a list a name must not have commas of its own.
        .map(|&i| {
            if METHODS[i].0 == "grpo" { "closest_said.grpo".into() } else { format!("left.{}", METHODS[i].0) }
        })
        .map(|id| WORDS.get(&id))
        .collect();
    let list = |lang, between: &str| names.iter().map(|t| t.get(lang)).collect::<Vec<_>>().join(between);
    Text::new(list(Lang::En, ", "), list(Lang::Zh, "、"))
}

/// Where GRPO as published ends. Where another method that draws is still further off, the steps were too few to
/// show where it is bound for.
fn published(setup: &Setup) -> Text {
    let left = |method: usize, step: usize| kl(&setup.runs[method][step], &setup.best).max(0.0);
    let (first, apart) = (left(AS_PUBLISHED, 0), left(AS_PUBLISHED, setup.steps));
    let others = [0, 1, 2].map(|method| left(method, setup.steps));
    // As the table writes them: what it shows as one number has not moved.
    let (from, to) = (written(first), written(apart));
    let id = if from == to {
        "published_said.still"
    } else if others.iter().any(|other| *other > apart) {
        "published_said.early"
    } else if apart > first {
        "published_said.away"
    } else {
        "published_said"
    };
    WORDS.with(id, &named![first = from, apart = to, steps = setup.steps])
}
