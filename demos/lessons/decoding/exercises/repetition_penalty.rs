//! What was said becomes less likely.

use concepts::decoding;
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "repetition-penalty",
    words: &WORDS,
    section: "4",
    takes: &[
        Field::new("logits", Form::Numbers, "V"),
        Field::new("history", Form::Wholes, "n"),
        Field::new("theta", Form::Number, ""),
    ],
    gives: &[Field::new("penalised", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::new("negative-divided"),
        Flaw::new("per-occurrence"),
        Flaw::new("subtracts"),
        Flaw::new("on-everything"),
        Flaw::new("last-only"),
        Flaw::new("turned"),
        Flaw::new("on-log-probs"),
    ],
    cases,
    twin: Twin::Library("concepts::decoding::repetition_penalty"),
    follow_ups: ["greedy", "temperature"],
};

fn right(given: &Given) -> Value {
    let mut logits = given.numbers("logits");
    let history: Vec<u32> = given.wholes("history").into_iter().map(|token| token as u32).collect();
    decoding::repetition_penalty(&mut logits, &history, given.number("theta")).expect("the cases fit");
    value::numbers(logits)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (mut logits, history) = (given.numbers("logits"), given.wholes("history"));
    let theta = given.number("theta");
    if flaws.has("on-log-probs") {
        let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logits.iter().map(|l| (l - best).exp()).sum();
        logits.iter_mut().for_each(|l| *l -= best + sum.ln());
    }
    let mut penalised = logits.clone();
    for (token, logit) in penalised.iter_mut().enumerate() {
        let seen = history.iter().filter(|&&other| other == token).count();
        let times = if flaws.has("per-occurrence") {
            seen
        } else if flaws.has("on-everything") {
            1
        } else if flaws.has("last-only") {
            usize::from(history.last() == Some(&token))
        } else {
            seen.min(1)
        };
        for _ in 0..times {
            *logit = penalty(*logit, theta, flaws);
        }
    }
    Solution::new(value::numbers(penalised))
}

fn penalty(logit: f64, theta: f64, flaws: &Flaws) -> f64 {
    if flaws.has("subtracts") {
        logit - theta
    } else if flaws.has("negative-divided") || (logit > 0.0) != flaws.has("turned") {
        logit / theta
    } else {
        logit * theta
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise repetition penalty");
    let of = |logits: Vec<f64>, history: &[usize], theta: f64| json!({ "logits": value::numbers(logits), "history": history, "theta": theta });
    let mut drawn =
        |n: usize, history: &[usize], theta: f64| of(draw::logits(n, 4.0, &mut rng), history, theta);
    vec![
        Case::hand(of(vec![2.0, -2.0, 3.0], &[0, 1, 1], 2.0)),
        Case::hand(of(vec![4.0, 1.0, -1.0], &[2], 1.5)),
        Case::drawn(drawn(8, &[3, 1, 5], 1.2)),
        Case::drawn(drawn(12, &[0, 7, 7, 2, 7, 0], 1.3)),
        Case::edge("one-token", of(vec![3.0], &[0], 1.5)),
        Case::edge("nothing-said", drawn(5, &[], 1.5)),
        Case::edge("rewards", drawn(6, &[4, 2, 4], 0.8)),
        Case::edge("hidden", of(vec![1.0, f64::NEG_INFINITY, -0.5], &[1, 2, 1], 1.5)),
    ]
}
