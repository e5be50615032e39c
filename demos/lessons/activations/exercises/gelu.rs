//! GELU, exact and by tanh.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, PI};

use concepts::activation::Activation;
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "gelu",
    words: &WORDS,
    section: "1",
    takes: &[Field::new("x", Form::Numbers, "n"), Field::new("approximate", Form::Text, "")],
    gives: &[Field::new("y", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::of("always-tanh", "C3"),
        Flaw::of("always-exact", "C3"),
        Flaw::of("no-cube", "C3"),
        Flaw::of("no-root", "C3"),
        Flaw::of("erf-unscaled", "C2"),
        Flaw::of("sigmoid-form", "C3"),
        Flaw::of("silu", "C2"),
        Flaw::of("density", "C2"),
    ],
    cases,
    twin: Twin::Whiteboard("activation"),
    follow_ups: ["swiglu", "rms-norm"],
};

fn right(given: &Given) -> Value {
    let f = if given.text("approximate") == "tanh" { Activation::GeluTanh } else { Activation::Gelu };
    value::numbers(given.numbers("x").into_iter().map(|x| f.of(x)))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let tanh =
        (given.text("approximate") == "tanh" || flaws.has("always-tanh")) && !flaws.has("always-exact");
    let f = |x: f64| {
        if flaws.has("silu") {
            x * sigmoid(x)
        } else if flaws.has("sigmoid-form") {
            x * sigmoid(1.702 * x)
        } else if tanh {
            by_tanh(x, flaws)
        } else {
            exact(x, flaws)
        }
    };
    Solution::new(value::numbers(given.numbers("x").into_iter().map(f)))
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Its power series; from 4 on it is 1 to seven digits and more.
fn erf(x: f64) -> f64 {
    if x.abs() > 4.0 {
        return x.signum();
    }
    let mut power = x;
    let mut sum = x;
    for n in 1..80 {
        power *= -x * x / f64::from(n);
        sum += power / f64::from(2 * n + 1);
    }
    sum * 2.0 / PI.sqrt()
}

fn by_tanh(x: f64, flaws: &Flaws) -> f64 {
    let root = if flaws.has("no-root") { FRAC_2_PI } else { FRAC_2_PI.sqrt() };
    let cube = if flaws.has("no-cube") { 0.0 } else { 0.044_715 * x * x * x };
    0.5 * x * (1.0 + (root * (x + cube)).tanh())
}

fn exact(x: f64, flaws: &Flaws) -> f64 {
    if flaws.has("density") {
        return x * (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
    }
    let inside = if flaws.has("erf-unscaled") { x } else { x * FRAC_1_SQRT_2 };
    0.5 * x * (1.0 + erf(inside))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |x: Value, approximate: &str| json!({ "x": x, "approximate": approximate });
    let mut rng = rng(seed, "exercise gelu");
    let mut drawn = |n: usize, spread: f64| -> Value {
        value::numbers((0..n).map(|_| rng.random_range(-spread..spread)))
    };
    vec![
        Case::hand(of(json!([0.0, 1.0, -1.0]), "none")),
        Case::hand(of(json!([2.0, -2.0, -2.5]), "tanh")),
        Case::drawn(of(drawn(8, 3.0), "none")),
        Case::drawn(of(drawn(8, 3.0), "tanh")),
        Case::drawn(of(drawn(6, 1.0), "tanh")),
        Case::edge("where-they-differ", of(json!([-2.3, -2.0, 2.3, -0.7]), "none")),
        Case::edge("far-out", of(json!([-40.0, 40.0, -6.0, 6.0]), "none")),
        Case::edge("far-out", of(json!([-40.0, 40.0, 300.0]), "tanh")),
    ]
}
