//! PPO's clipped loss.

use concepts::numerics::{normal, rng};
use concepts::preference::clipped;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "ppo-loss",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("log_new", Form::Numbers, "n"),
        Field::new("log_old", Form::Numbers, "n"),
        Field::new("advantages", Form::Numbers, "n"),
        Field::new("epsilon", Form::Number, ""),
    ],
    gives: &[Field::new("loss", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("no-minimum"),
        Flaw::new("maximum"),
        Flaw::new("no-clip"),
        Flaw::new("upper-only"),
        Flaw::new("ratio-of-logs"),
        Flaw::new("no-exp"),
        Flaw::new("inverse"),
        Flaw::new("no-minus"),
        Flaw::new("summed"),
    ],
    cases,
    twin: Twin::Whiteboard("losses"),
    follow_ups: ["gae", "grpo-advantages"],
};

fn right(given: &Given) -> Value {
    let [new, old, advantages] = ["log_new", "log_old", "advantages"].map(|name| given.numbers(name));
    let epsilon = given.number("epsilon");
    let surrogate = |i: usize| clipped((new[i] - old[i]).exp(), advantages[i], epsilon).value;
    value::number(-(0..new.len()).map(surrogate).sum::<f64>() / new.len() as f64)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [new, old, advantages] = ["log_new", "log_old", "advantages"].map(|name| given.numbers(name));
    let epsilon = given.number("epsilon");
    let ratio = |(new, old): (&f64, &f64)| {
        if flaws.has("ratio-of-logs") {
            new / old
        } else if flaws.has("no-exp") {
            new - old
        } else if flaws.has("inverse") {
            (old - new).exp()
        } else {
            (new - old).exp()
        }
    };
    let ratios: Vec<f64> = new.iter().zip(&old).map(ratio).collect();
    let surrogates: Vec<f64> =
        ratios.iter().zip(&advantages).map(|(&ratio, &a)| surrogate(ratio, a, epsilon, flaws)).collect();
    let sum: f64 = surrogates.iter().sum();
    let gain = if flaws.has("summed") { sum } else { sum / new.len() as f64 };
    Solution::new(value::number(if flaws.has("no-minus") { gain } else { -gain }))
        .step("ratios", value::numbers(ratios))
        .step("surrogates", value::numbers(surrogates))
}

fn surrogate(ratio: f64, advantage: f64, epsilon: f64, flaws: &Flaws) -> f64 {
    let lowest = if flaws.has("upper-only") { f64::NEG_INFINITY } else { 1.0 - epsilon };
    let plain = ratio * advantage;
    let cut = ratio.max(lowest).min(1.0 + epsilon) * advantage;
    if flaws.has("no-clip") {
        plain
    } else if flaws.has("no-minimum") {
        cut
    } else if flaws.has("maximum") {
        plain.max(cut)
    } else {
        plain.min(cut)
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |new: Value, old: Value, advantages: Value, epsilon: f64| json!({ "log_new": new, "log_old": old, "advantages": advantages, "epsilon": epsilon });
    // Ratios of e^0.5 and e^−0.5, advantages of either sign: only two of the four are clipped.
    let corners = of(
        json!([-1.0, -1.0, -2.0, -2.0]),
        json!([-1.5, -1.5, -1.5, -1.5]),
        json!([2.0, -2.0, 4.0, -4.0]),
        0.2,
    );
    let mut rng = rng(seed, "exercise ppo-loss");
    let mut drawn = |n: usize, moved: f64, epsilon: f64| {
        let old = normal((1, n), 1.0, &mut rng).mapv(|x| -0.5 - x.abs());
        let new = &old + &normal((1, n), moved, &mut rng);
        let advantages = normal((1, n), 1.0, &mut rng);
        of(value::numbers(new), value::numbers(old), value::numbers(advantages), epsilon)
    };
    let mut cases = vec![
        Case::hand(of(json!([-1.0]), json!([-1.5]), json!([2.0]), 0.2)),
        Case::hand(corners),
        Case::drawn(drawn(6, 0.3, 0.2)),
        Case::drawn(drawn(15, 0.5, 0.1)),
        Case::drawn(drawn(30, 0.2, 0.2)),
        Case::edge("one-token", of(json!([-3.0]), json!([-2.0]), json!([-1.5]), 0.2)),
        Case::edge("far-ratios", drawn(10, 3.0, 0.2)),
    ];
    let (logs, advantages) = (json!([-0.5, -2.0, -1.0]), json!([1.0, -3.0, 0.5]));
    cases.push(Case::edge("same-policy", of(logs.clone(), logs, advantages, 0.2)));
    let (new, old) = (json!([-1.0, -2.5]), json!([-2.0, -1.5]));
    cases.push(Case::edge("no-advantage", of(new, old, json!([0.0, 0.0]), 0.2)));
    cases
}
