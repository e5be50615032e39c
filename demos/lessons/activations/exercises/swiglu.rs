//! A feed-forward layer with a gate.

use concepts::activation::{Activation, GatedLayer};
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "swiglu",
    words: &WORDS,
    section: "4",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("w", Form::Matrix, "d × h"),
        Field::new("v", Form::Matrix, "d × h"),
        Field::new("w2", Form::Matrix, "h × d"),
    ],
    gives: &[Field::new("y", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-gate", "C25"),
        Flaw::of("swapped", "C25"),
        Flaw::of("both-activated", "C25"),
        Flaw::of("sum-for-product", "C25"),
        Flaw::of("sigmoid-alone", "C10"),
        Flaw::of("relu", "C25"),
        Flaw::of("gelu", "C17"),
        Flaw::of("gate-after", "C25"),
        Flaw::of("sign", "C10"),
    ],
    cases,
    twin: Twin::Whiteboard("swiglu"),
    follow_ups: ["swiglu-backward", "gelu"],
};

fn right(given: &Given) -> Value {
    let [w, v, u] = ["w", "v", "w2"].map(|name| given.matrix(name));
    let layer = GatedLayer { f: Activation::SILU, w, v, u };
    value::matrix(&layer.forward(given.matrix("x").view()).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [x, w, v, w2] = ["x", "w", "v", "w2"].map(|name| given.matrix(name));
    let (gate, up) = (x.dot(&w), x.dot(&v));
    let hidden: Array2<f64> = if flaws.has("no-gate") {
        gate.mapv(silu)
    } else if flaws.has("swapped") {
        &gate * &up.mapv(silu)
    } else if flaws.has("both-activated") {
        gate.mapv(silu) * up.mapv(silu)
    } else if flaws.has("sum-for-product") {
        gate.mapv(silu) + &up
    } else if flaws.has("gate-after") {
        (&gate * &up).mapv(silu)
    } else {
        gate.mapv(|a| activated(a, flaws)) * &up
    };
    Solution::new(value::matrix(&hidden.dot(&w2)))
        .step("gate", value::matrix(&gate))
        .step("up", value::matrix(&up))
        .step("hidden", value::matrix(&hidden))
}

fn silu(x: f64) -> f64 {
    x / (1.0 + (-x).exp())
}

fn activated(a: f64, flaws: &Flaws) -> f64 {
    if flaws.has("sigmoid-alone") {
        1.0 / (1.0 + (-a).exp())
    } else if flaws.has("relu") {
        a.max(0.0)
    } else if flaws.has("gelu") {
        Activation::Gelu.of(a)
    } else if flaws.has("sign") {
        a / (1.0 + a.exp())
    } else {
        silu(a)
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({ "x": [[1.0]], "w": [[1.0]], "v": [[2.0]], "w2": [[3.0]] });
    let two = json!({
        "x": [[1.0, -1.0]], "w": [[1.0, 0.0], [0.0, 1.0]], "v": [[1.0, 1.0], [0.0, 2.0]],
        "w2": [[1.0, 0.0], [0.0, 1.0]],
    });
    let mut rng = rng(seed, "exercise swiglu");
    let mut drawn = |n: usize, d: usize, h: usize, size: f64| {
        let mut draw = |rows, columns, size| value::matrix(&normal((rows, columns), size, &mut rng));
        json!({ "x": draw(n, d, size), "w": draw(d, h, 0.7), "v": draw(d, h, 0.7), "w2": draw(h, d, 0.7) })
    };
    vec![
        Case::hand(hand),
        Case::hand(two),
        Case::drawn(drawn(2, 3, 4, 1.0)),
        Case::drawn(drawn(4, 4, 11, 1.5)),
        Case::drawn(drawn(3, 6, 5, 1.0)),
        Case::edge("one-token", drawn(1, 3, 4, 1.0)),
        Case::edge("narrow", drawn(3, 2, 1, 1.0)),
        Case::edge("huge-inputs", drawn(2, 2, 3, 100.0)),
    ]
}
