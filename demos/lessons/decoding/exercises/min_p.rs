//! A threshold that follows the most probable token.

use concepts::decoding::{self, Candidates};
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "min-p",
    words: &WORDS,
    section: "1",
    takes: &[Field::new("probs", Form::Numbers, "V"), Field::new("share", Form::Number, "")],
    gives: &[Field::new("p", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::of("absolute", "C13"),
        Flaw::new("strict"),
        Flaw::new("first-as-best"),
        Flaw::new("complement"),
        Flaw::of("not-renormalised", "C12"),
        Flaw::of("softmax-again", "C12"),
        Flaw::of("sorted-out", "C12"),
    ],
    cases,
    twin: Twin::Library("concepts::decoding::min_p"),
    follow_ups: ["top-p", "temperature"],
};

fn right(given: &Given) -> Value {
    let probs = given.numbers("probs");
    let all = Candidates::from_probabilities(&probs).expect("probabilities");
    draw::dense(&decoding::min_p(&all, given.number("share")).expect("between 0 and 1"), probs.len())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (probs, share) = (given.numbers("probs"), given.number("share"));
    let best = if flaws.has("first-as-best") { probs[0] } else { probs.iter().copied().fold(0.0, f64::max) };
    let threshold = if flaws.has("absolute") {
        share
    } else if flaws.has("complement") {
        (1.0 - share) * best
    } else {
        share * best
    };
    let reaches = |p: &f64| if flaws.has("strict") { *p > threshold } else { *p >= threshold };
    let kept: Vec<bool> = probs.iter().map(reaches).collect();
    let p = draw::renormalised(&probs, &kept, flaws);
    Solution::new(value::numbers(p)).step("threshold", value::number(threshold))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise min-p");
    let of = |probs: &[f64], share: f64| json!({ "probs": probs, "share": share });
    let mut drawn = |n: usize, spread: f64, share: f64| of(&draw::probs(n, spread, &mut rng), share);
    vec![
        Case::hand(of(&[0.15, 0.5, 0.05, 0.3], 0.2)),
        Case::hand(of(&[0.2, 0.4, 0.1, 0.3], 0.6)),
        Case::drawn(drawn(8, 2.0, 0.1)),
        Case::drawn(drawn(30, 3.0, 0.3)),
        Case::edge("one-token", of(&[1.0], 0.5)),
        Case::edge("on-the-edge", of(&[0.125, 0.5, 0.125, 0.25], 0.5)),
        Case::edge("steep", of(&[0.02, 0.03, 0.95], 0.1)),
        Case::edge("ties", of(&[0.125, 0.25, 0.25, 0.125, 0.25], 1.0)),
        Case::edge("keeps-all", drawn(6, 2.0, 0.0)),
    ]
}
