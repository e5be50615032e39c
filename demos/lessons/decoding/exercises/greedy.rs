//! The most probable token.

use concepts::decoding;
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "greedy",
    words: &WORDS,
    section: "1",
    takes: &[Field::new("logits", Form::Numbers, "V")],
    gives: &[Field::new("token", Form::Whole, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("tie-last", "C1"),
        Flaw::of("from-zero", "C1"),
        Flaw::of("largest-size", "C1"),
        Flaw::of("smallest", "C1"),
        Flaw::new("counts-from-one"),
        Flaw::of("exp-first", "C1"),
        Flaw::of("logit-out", "C1"),
    ],
    cases,
    twin: Twin::Whiteboard("greedy_and_beam"),
    follow_ups: ["temperature", "beam-search"],
};

fn right(given: &Given) -> Value {
    json!(decoding::greedy(&given.numbers("logits")).expect("some logit is finite"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let logits = given.numbers("logits");
    let score = |x: f64| {
        if flaws.has("exp-first") {
            x.exp()
        } else if flaws.has("largest-size") {
            x.abs()
        } else if flaws.has("smallest") {
            -x
        } else {
            x
        }
    };
    let (mut best, mut most) = (0, if flaws.has("from-zero") { 0.0 } else { f64::NEG_INFINITY });
    for (token, &logit) in logits.iter().enumerate() {
        let score = score(logit);
        if score > most || (flaws.has("tie-last") && score == most) {
            (best, most) = (token, score);
        }
    }
    if flaws.has("logit-out") {
        return Solution::new(value::number(logits[best]));
    }
    let overflows = flaws.has("exp-first") && most == f64::INFINITY;
    Solution::new(json!(best + usize::from(flaws.has("counts-from-one")))).refused(overflows)
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise greedy");
    let of = |logits: Vec<f64>| json!({ "logits": value::numbers(logits) });
    let mut drawn = |n: usize, spread: f64, shift: f64| {
        of(draw::logits(n, spread, &mut rng).into_iter().map(|x| x + shift).collect())
    };
    vec![
        Case::hand(of(vec![0.5, 1.0, 3.0, 2.0])),
        Case::hand(of(vec![1.0, -4.0, 2.0])),
        Case::drawn(drawn(8, 3.0, 0.0)),
        Case::drawn(drawn(50, 1.0, 0.0)),
        Case::drawn(drawn(9, 1.0, -5.0)),
        Case::edge("one-token", of(vec![-3.5])),
        Case::edge("ties", of(vec![0.5, 2.0, 2.0, 1.0])),
        Case::edge("huge-scores", of(vec![9_000.0, 9_999.0, 10_000.0])),
        Case::edge("huge-negative", of(vec![-10_000.0, -9_999.0, -10_001.0])),
        Case::edge("hidden", of(vec![f64::NEG_INFINITY, -2.0, -1.0])),
    ]
}
