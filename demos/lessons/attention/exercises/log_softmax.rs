//! The logarithm of a softmax, for logits of any size.

use concepts::numerics::{rng, softmax};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "log-softmax",
    words: &WORDS,
    section: "6",
    takes: &[Field::new("logits", Form::Numbers, "n")],
    gives: &[Field::new("log_p", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("epsilon"),
        Flaw::new("log-of-softmax"),
        Flaw::new("no-shift"),
        Flaw::new("shift-once"),
        Flaw::new("base-two"),
        Flaw::new("probabilities"),
        Flaw::new("loss"),
    ],
    cases,
    twin: Twin::Library("concepts::numerics::softmax::log_softmax"),
    follow_ups: ["softmax", "attention"],
};

fn right(given: &Given) -> Value {
    value::numbers(softmax::log_softmax(given.numbers("logits").as_slice().into()))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let logits = given.numbers("logits");
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shift = if flaws.has("no-shift") { 0.0 } else { top };
    let weights: Vec<f64> = logits.iter().map(|x| (x - shift).exp()).collect();
    let sum: f64 = weights.iter().sum();
    let log = |x: &f64, weight: &f64| {
        let p = weight / sum;
        if flaws.has("log-of-softmax") {
            p.ln()
        } else if flaws.has("epsilon") {
            (p + 1e-9).ln()
        } else if flaws.has("probabilities") {
            p
        } else if flaws.has("shift-once") {
            x - sum.ln()
        } else if flaws.has("base-two") {
            (x - shift) - sum.log2()
        } else if flaws.has("loss") {
            sum.ln() - (x - shift)
        } else {
            (x - shift) - sum.ln()
        }
    };
    let mut out = value::numbers(logits.iter().zip(&weights).map(|(x, weight)| log(x, weight)));
    if flaws.has("epsilon") {
        // 1e-12 and 1e-9 are as common: where the probability is 0 the number tells nothing.
        (0..logits.len()).filter(|&i| weights[i] == 0.0).for_each(|i| out[i] = json!(value::ANY_NUMBER));
    }
    Solution::new(out).step("log_sum", value::number(shift + sum.ln()))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise log softmax");
    let mut drawn = |n: usize, spread: f64| -> Value {
        value::numbers((0..n).map(|_| rng.random_range(-spread..spread)))
    };
    let of = |logits: Value| json!({ "logits": logits });
    vec![
        Case::hand(of(json!([0.0, 0.0]))),
        Case::hand(of(json!([0.0, 1.0, 2.0]))),
        Case::drawn(of(drawn(7, 3.0))),
        Case::drawn(of(drawn(40, 1.0))),
        Case::edge("one-token", of(json!([3.5]))),
        Case::edge("huge-scores", of(json!([10_000.0, 9_999.0, -10_000.0]))),
        Case::edge("huge-negative", of(json!([-10_000.0, -9_999.0, -10_001.0]))),
        Case::edge("hidden", of(json!([1.0, "-inf", 0.5, "-inf"]))),
    ]
}
