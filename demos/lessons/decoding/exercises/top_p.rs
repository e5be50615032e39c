//! The smallest set of tokens that has mass p.

use concepts::decoding::{self, Candidates};
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "top-p",
    words: &WORDS,
    section: "2",
    takes: &[Field::new("probs", Form::Numbers, "V"), Field::new("mass", Form::Number, "")],
    gives: &[Field::new("p", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::of("at-most", "C17"),
        Flaw::of("below", "C17"),
        Flaw::of("one-more", "C16"),
        Flaw::of("empty-at-zero", "C17"),
        Flaw::of("unsorted", "C16"),
        Flaw::of("ascending", "C16"),
        Flaw::new("tie-last"),
        Flaw::of("sorted-out", "C12"),
        Flaw::of("not-renormalised", "C16"),
        Flaw::of("mass-ignored", "C16"),
    ],
    cases,
    twin: Twin::Whiteboard("top_p"),
    follow_ups: ["min-p", "speculative-acceptance"],
};

fn right(given: &Given) -> Value {
    let probs = given.numbers("probs");
    let all = Candidates::from_probabilities(&probs).expect("probabilities");
    draw::dense(&decoding::top_p(&all, given.number("mass")).expect("between 0 and 1"), probs.len())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (probs, mass) = (given.numbers("probs"), given.number("mass"));
    let mut order = draw::falling(&probs, flaws);
    if flaws.has("unsorted") {
        order.sort_unstable();
    } else if flaws.has("ascending") {
        order.reverse();
    }
    let (mut kept, mut before) = (vec![false; probs.len()], 0.0);
    let mut sums = Vec::new();
    for &token in &order {
        let with = before + probs[token];
        kept[token] = if flaws.has("mass-ignored") {
            true
        } else if flaws.has("at-most") {
            with <= mass
        } else if flaws.has("below") {
            with < mass
        } else if flaws.has("one-more") {
            before <= mass
        } else {
            // p = 0 still leaves the first.
            before < mass || (token == order[0] && !flaws.has("empty-at-zero"))
        };
        before = with;
        sums.push(with);
    }
    let p = draw::renormalised(&probs, &kept, flaws);
    Solution::new(value::numbers(p)).step("sums", value::numbers(sums))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise top-p");
    let of = |probs: &[f64], mass: f64| json!({ "probs": probs, "mass": mass });
    let mut drawn = |n: usize, spread: f64, mass: f64| of(&draw::probs(n, spread, &mut rng), mass);
    vec![
        Case::hand(of(&[0.15, 0.5, 0.05, 0.3], 0.9)),
        Case::hand(of(&[0.25, 0.5, 0.125, 0.125], 0.7)),
        Case::drawn(drawn(8, 2.0, 0.8)),
        Case::drawn(drawn(30, 3.0, 0.9)),
        Case::edge("one-token", of(&[1.0], 0.9)),
        Case::edge("on-the-edge", of(&[0.125, 0.5, 0.125, 0.25], 0.75)),
        Case::edge("steep", of(&[0.02, 0.03, 0.95], 0.9)),
        Case::edge("ties", of(&[0.25, 0.25, 0.25, 0.25], 0.4)),
        Case::edge("keeps-one", of(&[0.25, 0.125, 0.625], 0.0)),
        Case::edge("keeps-all", of(&[0.125, 0.5, 0.25, 0.125], 1.0)),
    ]
}
