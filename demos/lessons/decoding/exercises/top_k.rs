//! The k most probable tokens.

use concepts::decoding::{self, Candidates};
use concepts::numerics::rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "top-k",
    words: &WORDS,
    section: "1",
    takes: &[Field::new("probs", Form::Numbers, "V"), Field::new("k", Form::Whole, "")],
    gives: &[Field::new("p", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::of("not-renormalised", "C12"),
        Flaw::of("sorted-out", "C12"),
        Flaw::of("ties-kept", "C11"),
        Flaw::new("tie-last"),
        Flaw::of("smallest", "C11"),
        Flaw::of("one-short", "C11"),
        Flaw::of("softmax-again", "C12"),
    ],
    cases,
    twin: Twin::Whiteboard("top_k"),
    follow_ups: ["top-p", "min-p"],
};

fn right(given: &Given) -> Value {
    let probs = given.numbers("probs");
    let all = Candidates::from_probabilities(&probs).expect("probabilities");
    draw::dense(&decoding::top_k(&all, given.whole("k")).expect("k is at least 1"), probs.len())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let probs = given.numbers("probs");
    let k = given.whole("k").min(probs.len());
    let mut order = draw::falling(&probs, flaws);
    if flaws.has("smallest") {
        order.reverse();
    }
    let last = probs[order[k - 1]];
    let among = |i: usize| {
        if flaws.has("ties-kept") {
            probs[i] >= last
        } else if flaws.has("one-short") {
            order[..k - 1].contains(&i)
        } else {
            order[..k].contains(&i)
        }
    };
    let kept: Vec<bool> = (0..probs.len()).map(among).collect();
    Solution::new(value::numbers(draw::renormalised(&probs, &kept, flaws))).step("kept", json!(kept))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise top-k");
    let of = |probs: &[f64], k: usize| json!({ "probs": probs, "k": k });
    let mut drawn = |n: usize, spread: f64, k: usize| of(&draw::probs(n, spread, &mut rng), k);
    vec![
        Case::hand(of(&[0.25, 0.5, 0.125, 0.125], 2)),
        Case::hand(of(&[0.1, 0.2, 0.3, 0.4], 3)),
        Case::drawn(drawn(8, 2.0, 3)),
        Case::drawn(drawn(30, 4.0, 10)),
        Case::edge("one-token", of(&[1.0], 1)),
        Case::edge("keeps-one", drawn(6, 1.0, 1)),
        Case::edge("ties", of(&[0.125, 0.25, 0.125, 0.25, 0.25], 2)),
        Case::edge("keeps-all", drawn(5, 1.0, 50)),
    ]
}
