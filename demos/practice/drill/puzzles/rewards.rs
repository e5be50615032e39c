//! Advantages: GAE of an episode, GRPO of a group.

use concepts::preference::{Spread, gae, group_advantages};
use rand_chacha::ChaCha8Rng;

use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::{between, one_of};
use crate::named;

/// The first advantage of a short episode.
pub(super) static GAE: PuzzleKind = PuzzleKind { id: "gae", lesson: "rlhf", draw: first_advantage };
/// The advantage of a wrong answer in a group.
pub(super) static GROUP: PuzzleKind = PuzzleKind { id: "group", lesson: "rlhf", draw: wrong_answer };

fn first_advantage(rng: &mut ChaCha8Rng) -> Drawn {
    let rewards: [f64; 2] = [(); 2].map(|()| between(0, 4, rng) as f64);
    let values = [between(1, 5, rng) as f64, between(1, 5, rng) as f64, 0.0];
    let (gamma, lambda) = (one_of(&[0.9, 1.0], rng), one_of(&[0.5, 0.8], rng));
    let right = gae(&rewards, &values, gamma, lambda)[0];
    let delta = |t: usize| rewards[t] + gamma * values[t + 1] - values[t];
    let named = named![
        r0 = rewards[0],
        r1 = rewards[1],
        v0 = values[0],
        v1 = values[1],
        gamma,
        lambda,
        d0 = delta(0),
        d1 = delta(1),
        right,
    ];
    Drawn::new(&named, right, Unit::Plain)
        .slip("one-step", delta(0))
        .slip("no-lambda", delta(0) + gamma * delta(1))
        .slip("no-value", rewards[0] + gamma * lambda * rewards[1])
        .slip("value-kept", delta(0) + values[0] + gamma * lambda * delta(1))
}

fn wrong_answer(rng: &mut ChaCha8Rng) -> Drawn {
    let (size, wrong) = (one_of(&[4usize, 6, 8], rng), between(1, 3, rng));
    let rewards: Vec<f64> = (0..size).map(|i| f64::from(i >= wrong)).collect();
    let of = |spread| group_advantages(&rewards, spread, 0.0)[0];
    let right = of(Spread::Population);
    let share = (size - wrong) as f64 / size as f64;
    let named = named![size, wrong, rest = size - wrong, share, right];
    Drawn::new(&named, right, Unit::Plain)
        .slip("sample", of(Spread::Sample))
        .slip("not-divided", -share)
        .slip("by-variance", -share / (share * (1.0 - share)))
        .slip("right-answer", (1.0 - share) / (share * (1.0 - share)).sqrt())
}
