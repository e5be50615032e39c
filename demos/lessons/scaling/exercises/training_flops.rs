//! Operations of a training run, and how long it takes.

use concepts::numerics::rng;
use concepts::scaling;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "training-flops",
    words: &WORDS,
    section: "7",
    takes: &[
        Field::new("parameters", Form::Number, ""),
        Field::new("tokens", Form::Number, ""),
        Field::new("layers", Form::Whole, ""),
        Field::new("width", Form::Whole, ""),
        Field::new("context", Form::Whole, ""),
        Field::new("recompute", Form::Truth, ""),
        Field::new("speed", Form::Number, ""),
    ],
    gives: &[Field::new("flops", Form::Number, ""), Field::new("days", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("forward-only"),
        Flaw::new("backward-once"),
        Flaw::new("additions-missed"),
        Flaw::at("no-attention", "heads 5"),
        Flaw::at("attention-one-text", "heads 5"),
        Flaw::at("scores-only", "heads 5"),
        Flaw::at("recompute-ignored", "heads 10"),
        Flaw::at("recompute-all", "heads 10"),
        Flaw::new("hours"),
    ],
    cases,
    twin: Twin::Library("concepts::scaling::training_flops"),
    follow_ups: ["compute-optimal", "adamw"],
};

fn answer(flops: f64, days: f64) -> Value {
    value::named([("flops", value::number(flops)), ("days", value::number(days))])
}

fn right(given: &Given) -> Value {
    let [layers, width, context] = ["layers", "width", "context"].map(|name| given.whole(name) as f64);
    // Scores and weighted sum: two products of `width` numbers for each token seen, like parameters of their own.
    let at_work = given.number("parameters") + 2.0 * layers * width * context;
    let once = scaling::training_flops(at_work, given.number("tokens"));
    let flops = if given.truth("recompute") { once / scaling::OPERATIONS_A_TOKEN * 8.0 } else { once };
    answer(flops, flops / given.number("speed") / 86_400.0)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (parameters, tokens) = (given.number("parameters"), given.number("tokens"));
    let [layers, width, context] = ["layers", "width", "context"].map(|name| given.whole(name) as f64);
    let products = if flaws.has("scores-only") { 1.0 } else { 2.0 };
    // A product and a sum for each of them.
    let operations = if flaws.has("additions-missed") { 1.0 } else { 2.0 };
    let per_token = operations * parameters;
    let attention = if flaws.has("no-attention") {
        0.0
    } else if flaws.has("attention-one-text") {
        operations * products * layers * width * context * context
    } else {
        operations * products * layers * width * context * tokens
    };
    let forward = per_token * tokens + attention;
    let passes = if flaws.has("forward-only") {
        1.0
    } else if flaws.has("backward-once") {
        2.0
    } else {
        3.0
    };
    let again = if !given.truth("recompute") || flaws.has("recompute-ignored") {
        0.0
    } else if flaws.has("recompute-all") {
        passes
    } else {
        1.0
    };
    let flops = forward * (passes + again);
    let day = if flaws.has("hours") { 3_600.0 } else { 86_400.0 };
    Solution::new(answer(flops, flops / given.number("speed") / day)).step("forward", value::number(forward))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise training-flops");
    let of = |[parameters, tokens, speed]: [f64; 3], [layers, width, context]: [u32; 3], recompute: bool| {
        json!({
            "parameters": parameters, "tokens": tokens, "layers": layers, "width": width, "context": context,
            "recompute": recompute, "speed": speed,
        })
    };
    let mut drawn = |recompute: bool| {
        let layers = rng.random_range(8..80);
        let width = 128 * rng.random_range(8..64);
        let parameters = 12.0 * f64::from(layers) * f64::from(width).powi(2);
        let tokens = parameters * rng.random_range(10.0..40.0);
        let speed = 10f64.powf(rng.random_range(15.0..18.0));
        of([parameters, tokens, speed], [layers, width, 1 << rng.random_range(10..14)], recompute)
    };
    vec![
        Case::hand(of([100.0, 1_000.0, 1.0], [1, 5, 10], false)),
        Case::hand(of([100.0, 1_000.0, 1.0], [1, 5, 10], true)),
        Case::drawn(drawn(false)),
        Case::drawn(drawn(true)),
        Case::drawn(drawn(false)),
        Case::edge("published", of([70e9, 1.4e12, 1e18], [80, 8_192, 2_048], true)),
        Case::edge("long-context", of([7e9, 1e12, 1e17], [32, 4_096, 131_072], false)),
        Case::edge("one-token", of([1e6, 1.0, 1e3], [2, 64, 1], true)),
    ]
}
