//! Softmax at a temperature.

use concepts::decoding::{self, Candidates};
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "temperature",
    words: &WORDS,
    section: "1",
    takes: &[Field::new("logits", Form::Numbers, "V"), Field::new("t", Form::Number, "")],
    gives: &[Field::new("p", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::of("multiplies", "C22"),
        Flaw::of("after-softmax", "C22"),
        Flaw::of("not-renormalised", "C22"),
        Flaw::at("no-shift", "attention 6"),
        Flaw::of("zero-not-treated", "C23"),
        Flaw::of("zero-as-one", "C23"),
        Flaw::of("zero-limit", "C23"),
        Flaw::of("zero-last", "C23"),
    ],
    cases,
    twin: Twin::Whiteboard("temperature"),
    follow_ups: ["top-p", "min-p"],
};

fn right(given: &Given) -> Value {
    let logits = given.numbers("logits");
    let all = Candidates::from_logits(&logits).expect("some logit is finite");
    draw::dense(&decoding::temperature(&all, given.number("t")).expect("a temperature"), logits.len())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (logits, mut t) = (given.numbers("logits"), given.number("t"));
    if t == 0.0 && flaws.has("zero-as-one") {
        t = 1.0;
    }
    let divides_by_zero = t == 0.0 && flaws.has("zero-not-treated");
    if t == 0.0 && !divides_by_zero {
        return Solution::new(value::numbers(coldest(&logits, flaws)));
    }
    let scaled: Vec<f64> = logits.iter().map(|l| scaled(*l, t, flaws)).collect();
    let shift = if flaws.has("no-shift") { 0.0 } else { max(&scaled) };
    let weights: Vec<f64> = scaled.iter().map(|x| (x - shift).exp()).collect();
    let sum: f64 = weights.iter().sum();
    let p = weights.iter().map(|w| w / sum);
    if flaws.has("not-renormalised") {
        // pᵢ to the power of 1/t, and no more
        let plain = softmax(&logits);
        let powers = value::numbers(plain.iter().map(|p| p.powf(1.0 / t)));
        return Solution::new(powers).refused(divides_by_zero);
    }
    if flaws.has("after-softmax") {
        let divided: Vec<f64> = softmax(&logits).iter().map(|p| p / t).collect();
        return Solution::new(value::numbers(softmax(&divided)));
    }
    Solution::new(value::numbers(p)).step("scaled", value::numbers(scaled.iter().copied()))
}

fn scaled(logit: f64, t: f64, flaws: &Flaws) -> f64 {
    if flaws.has("multiplies") { logit * t } else { logit / t }
}

fn max(xs: &[f64]) -> f64 {
    xs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn softmax(logits: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = logits.iter().map(|x| (x - max(logits)).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// Temperature 0: all on one token.
fn coldest(logits: &[f64], flaws: &Flaws) -> Vec<f64> {
    let best = max(logits);
    let tied: Vec<usize> = (0..logits.len()).filter(|&i| logits[i] == best).collect();
    let one = if flaws.has("zero-last") { tied[tied.len() - 1] } else { tied[0] };
    let share = 1.0 / tied.len() as f64;
    let weight = |i: usize| {
        if flaws.has("zero-limit") {
            if logits[i] == best { share } else { 0.0 }
        } else {
            f64::from(i == one)
        }
    };
    (0..logits.len()).map(weight).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise temperature");
    let of = |logits: Vec<f64>, t: f64| json!({ "logits": value::numbers(logits), "t": t });
    let mut drawn = |n: usize, t: f64| of(draw::logits(n, 3.0, &mut rng), t);
    vec![
        Case::hand(of(vec![0.0, 1.0, 2.0], 2.0)),
        Case::hand(of(vec![0.0, 1.0, 2.0], 0.5)),
        Case::drawn(drawn(7, 0.7)),
        Case::drawn(drawn(12, 1.5)),
        Case::edge("one-token", of(vec![3.5], 0.8)),
        Case::edge("cold", of(vec![1.0, 3.0, 2.0], 0.0)),
        Case::edge("ties", of(vec![1.0, 2.0, 2.0, 0.0], 0.0)),
        Case::edge("huge-scores", of(vec![10_000.0, 9_999.0, -10_000.0], 1.5)),
        Case::edge("hidden", of(vec![1.0, f64::NEG_INFINITY, 0.5], 0.6)),
    ]
}
