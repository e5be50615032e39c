//! What ALiBi adds to the scores of one head.

use concepts::numerics::rng;
use concepts::position::alibi_bias;
use ndarray::Array2;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "alibi-bias",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("n_q", Form::Whole, ""),
        Field::new("n_k", Form::Whole, ""),
        Field::new("slope", Form::Number, ""),
    ],
    gives: &[Field::new("bias", Form::Matrix, "n_q × n_k")],
    solve,
    right,
    flaws: &[
        Flaw::of("positive", "C14"),
        Flaw::new("not-aligned"),
        Flaw::of("signed", "C14"),
        Flaw::new("future-free"),
        Flaw::new("squared"),
        Flaw::new("logarithm"),
        Flaw::new("divided"),
        Flaw::new("future-hidden"),
    ],
    cases,
    twin: Twin::Whiteboard("alibi"),
    follow_ups: ["alibi-slopes", "t5-buckets"],
};

fn right(given: &Given) -> Value {
    let bias = alibi_bias(given.whole("n_q"), given.whole("n_k"), given.number("slope"));
    value::matrix(&bias.expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (n_q, n_k, slope) = (given.whole("n_q"), given.whole("n_k"), given.number("slope"));
    let offset = if flaws.has("not-aligned") { 0.0 } else { n_k as f64 - n_q as f64 };
    let bias = Array2::from_shape_fn((n_q, n_k), |(i, j)| {
        let back = i as f64 + offset - j as f64;
        if back < 0.0 && flaws.has("future-hidden") {
            f64::NEG_INFINITY
        } else if back < 0.0 && flaws.has("future-free") {
            0.0
        } else if flaws.has("signed") {
            -slope * back
        } else if flaws.has("positive") {
            slope * back.abs()
        } else if flaws.has("squared") {
            -slope * back * back
        } else if flaws.has("logarithm") {
            -slope * back.abs().ln_1p()
        } else if flaws.has("divided") {
            -back.abs() / slope
        } else {
            -slope * back.abs()
        }
    });
    Solution::new(value::matrix(&bias))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |n_q: usize, n_k: usize, slope: f64| json!({ "n_q": n_q, "n_k": n_k, "slope": slope });
    let mut rng = rng(seed, "exercise alibi bias");
    let mut drawn = |n_q: usize, n_k: usize| of(n_q, n_k, f64::from(rng.random_range(1..=40)) / 64.0);
    vec![
        Case::hand(of(3, 3, 0.5)),
        Case::hand(of(1, 4, 0.25)),
        Case::drawn(drawn(5, 5)),
        Case::drawn(drawn(2, 7)),
        Case::drawn(drawn(8, 8)),
        Case::edge("one-token", of(1, 1, 0.5)),
        Case::edge("more-queries", of(4, 2, 0.5)),
        Case::edge("flat-slope", of(3, 6, 0.003_906_25)),
    ]
}
