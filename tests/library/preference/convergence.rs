//! Each algorithm against the optimum in closed form, from several seeds.

use concepts::numerics::rng;
use concepts::numerics::tolerance::{FLAT_MINIMUM, ORACLE_F64};
use concepts::preference::training::{Charge, Method, Run, Task, train};
use concepts::preference::{Spread, forward_optimum, kl, optimum};

const REFERENCE: [f64; 6] = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05];
const REWARDS: [f64; 6] = [0.0, 0.3, -0.5, 0.8, 0.5, 1.0];
const RUN: Run = Run { steps: 3000, group: 16, epsilon: 0.2, epochs: 4, rate: 1.0 };

/// The distance left at the end, worst of several seeds.
fn left(method: Method, beta: f64, run: Run, towards: &[f64]) -> f64 {
    let task = Task { reference: &REFERENCE, rewards: &REWARDS, beta };
    let of = |seed| {
        let seen = train(method, task, run, &mut rng(seed, "convergence")).unwrap();
        kl(&seen[run.steps], towards)
    };
    (1..=6).map(of).fold(0.0, f64::max)
}

#[test]
fn ppo_dpo_and_grpo_reach_the_optimum() {
    let plain = Method::Grpo(Spread::One, Charge::InReward);
    for beta in [0.3, 0.5, 1.0] {
        let best = optimum(&REFERENCE, &REWARDS, beta).unwrap().policy;
        for method in [Method::Reinforce, Method::Ppo, plain, Method::Dpo] {
            let left = left(method, beta, RUN, &best);
            assert!(left < FLAT_MINIMUM, "{method:?} at {beta}: {left:e}");
        }
    }
}

#[test]
fn grpo_with_k3_in_the_loss_goes_to_another_optimum() {
    let beta = 0.5;
    let method = Method::Grpo(Spread::One, Charge::InLoss);
    let here = forward_optimum(&REFERENCE, &REWARDS, beta).unwrap().policy;
    let there = optimum(&REFERENCE, &REWARDS, beta).unwrap().policy;
    // Its noise does not die out, and the mean of the group takes a share of 1/G of the reward's gradient, not of the
    // charge's: many answers a batch, and small steps.
    let run = Run { steps: 1500, group: 512, rate: 0.2, ..RUN };
    let [of_here, of_there] = [&here, &there].map(|towards| left(method, beta, run, towards));
    assert!(of_there > 10.0 * of_here, "{of_here:e} {of_there:e}");
}

#[test]
fn ipo_reaches_the_margins_that_its_labels_ask_for() {
    // With averaged labels each pair draws the margin to (2p − 1)/(2β).
    let task = Task { reference: &[0.6, 0.4], rewards: &[0.0, 1.0], beta: 0.7 };
    let seen = train(Method::Ipo, task, RUN, &mut rng(1, "ipo")).unwrap();
    let end = &seen[RUN.steps];
    let margin = (end[1] / 0.4).ln() - (end[0] / 0.6).ln();
    let p = concepts::numerics::sigmoid(1.0);
    assert!((margin - (2.0 * p - 1.0) / (2.0 * 0.7)).abs() < ORACLE_F64);
}
