//! Softmax that does not overflow.

use concepts::numerics::{rng, softmax};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "softmax",
    words: &WORDS,
    section: "6",
    takes: &[Field::new("logits", Form::Numbers, "n")],
    gives: &[Field::new("p", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("no-shift"),
        Flaw::new("shift-mean"),
        Flaw::new("no-exp"),
        Flaw::new("hardmax"),
        Flaw::new("base-two"),
        Flaw::new("log"),
    ],
    cases,
    twin: Twin::Library("concepts::numerics::softmax"),
    follow_ups: ["online-softmax", "attention"],
};

fn right(given: &Given) -> Value {
    value::numbers(softmax::softmax(given.numbers("logits").as_slice().into()))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let logits = given.numbers("logits");
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shift = if flaws.has("no-shift") {
        0.0
    } else if flaws.has("shift-mean") {
        logits.iter().sum::<f64>() / logits.len() as f64 // −∞ as soon as one logit is
    } else {
        top
    };
    let exp = |x: f64| if flaws.has("base-two") { x.exp2() } else { x.exp() };
    let weights: Vec<f64> = if flaws.has("no-exp") {
        logits.clone()
    } else if flaws.has("hardmax") {
        logits.iter().map(|&x| f64::from(x == top)).collect()
    } else {
        logits.iter().map(|&x| exp(x - shift)).collect()
    };
    let sum: f64 = weights.iter().sum();
    let p = weights.iter().map(|w| if flaws.has("log") { (w / sum).ln() } else { w / sum });
    let mut out = value::numbers(p);
    if flaws.has("hardmax") && sum > 1.0 {
        // All to one of the equally large logits, or a share to each.
        (0..logits.len()).filter(|&i| logits[i] == top).for_each(|i| out[i] = json!(value::ANY_NUMBER));
    }
    Solution::new(out).step("weights", value::numbers(weights.iter().copied()))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise softmax");
    let mut drawn = |n: usize, spread: f64| -> Value {
        value::numbers((0..n).map(|_| rng.random_range(-spread..spread)))
    };
    let of = |logits: Value| json!({ "logits": logits });
    vec![
        Case::hand(of(json!([0.0, 1.0, 2.0]))),
        Case::drawn(of(drawn(7, 3.0))),
        Case::drawn(of(drawn(50, 1.0))),
        Case::edge("one-token", of(json!([3.5]))),
        Case::edge("ties", of(json!([2.0, 2.0, -1.0]))),
        Case::edge("huge-scores", of(json!([10_000.0, 9_999.0, -10_000.0]))),
        Case::edge("huge-negative", of(json!([-10_000.0, -9_999.0, -10_001.0]))),
        Case::edge("hidden", of(json!([1.0, "-inf", 0.5, "-inf"]))),
    ]
}
