//! The gradient of a gated feed-forward layer.

use concepts::activation::{Activation, GatedLayer};
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "swiglu-backward",
    words: &WORDS,
    section: "8",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("w", Form::Matrix, "d × h"),
        Field::new("v", Form::Matrix, "d × h"),
        Field::new("w2", Form::Matrix, "h × d"),
        Field::new("g", Form::Matrix, "n × d"),
    ],
    gives: &[
        Field::new("dx", Form::Matrix, "n × d"),
        Field::new("dw", Form::Matrix, "d × h"),
        Field::new("dv", Form::Matrix, "d × h"),
        Field::new("dw2", Form::Matrix, "h × d"),
    ],
    solve,
    right,
    flaws: &[
        Flaw::new("slope-of-sigmoid"),
        Flaw::new("slope-without-x"),
        Flaw::new("gate-branch-only"),
        Flaw::new("up-branch-only"),
        Flaw::new("gate-without-up"),
        Flaw::new("up-without-silu"),
        Flaw::new("hidden-without-gate"),
        Flaw::new("slope-at-output"),
    ],
    cases,
    twin: Twin::Whiteboard("swiglu"),
    follow_ups: ["layer-norm-backward", "swiglu"],
};

fn right(given: &Given) -> Value {
    let [w, v, u] = ["w", "v", "w2"].map(|name| given.matrix(name));
    let layer = GatedLayer { f: Activation::SILU, w, v, u };
    let grads = layer.backward(given.matrix("x").view(), given.matrix("g").view());
    let grads = grads.expect("the cases fit");
    named([&grads.x, &grads.w, &grads.v, &grads.u])
}

fn named([dx, dw, dv, dw2]: [&Array2<f64>; 4]) -> Value {
    let [dx, dw, dv, dw2] = [dx, dw, dv, dw2].map(value::matrix);
    value::named([("dx", dx), ("dw", dw), ("dv", dv), ("dw2", dw2)])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [x, w, v, w2, g] = ["x", "w", "v", "w2", "g"].map(|name| given.matrix(name));
    let (a, b) = (x.dot(&w), x.dot(&v));
    let f = a.mapv(|a| a * sigmoid(a));
    let hidden = if flaws.has("hidden-without-gate") { b.clone() } else { &f * &b };
    let dw2 = hidden.t().dot(&g);
    let dh = g.dot(&w2.t());
    let db = &dh * if flaws.has("up-without-silu") { &a } else { &f };
    let slope = if flaws.has("slope-at-output") { &f } else { &a }.mapv(|a| slope(a, flaws));
    let da = if flaws.has("gate-without-up") { &dh * &slope } else { &dh * &b * &slope };
    let (of_gate, of_up) = (da.dot(&w.t()), db.dot(&v.t()));
    let dx = if flaws.has("gate-branch-only") {
        of_gate
    } else if flaws.has("up-branch-only") {
        of_up
    } else {
        of_gate + of_up
    };
    Solution::new(named([&dx, &x.t().dot(&da), &x.t().dot(&db), &dw2]))
        .step("d_hidden", value::matrix(&dh))
        .step("d_up", value::matrix(&db))
        .step("d_gate", value::matrix(&da))
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn slope(a: f64, flaws: &Flaws) -> f64 {
    let s = sigmoid(a);
    if flaws.has("slope-of-sigmoid") {
        s * (1.0 - s)
    } else if flaws.has("slope-without-x") {
        s
    } else {
        s + a * s * (1.0 - s)
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({ "x": [[1.0]], "w": [[0.0]], "v": [[2.0]], "w2": [[3.0]], "g": [[1.0]] });
    let second = json!({ "x": [[2.0]], "w": [[1.0]], "v": [[1.0]], "w2": [[1.0]], "g": [[1.0]] });
    let mut rng = rng(seed, "exercise swiglu backward");
    let mut drawn = |n: usize, d: usize, h: usize, size: f64| {
        let mut draw = |rows, columns, size| value::matrix(&normal((rows, columns), size, &mut rng));
        json!({
            "x": draw(n, d, size), "w": draw(d, h, 0.7), "v": draw(d, h, 0.7), "w2": draw(h, d, 0.7),
            "g": draw(n, d, 1.0),
        })
    };
    vec![
        Case::hand(hand),
        Case::hand(second),
        Case::drawn(drawn(2, 3, 4, 1.0)),
        Case::drawn(drawn(4, 4, 7, 1.5)),
        Case::drawn(drawn(3, 5, 3, 1.0)),
        Case::edge("one-token", drawn(1, 3, 4, 1.0)),
        Case::edge("narrow", drawn(3, 2, 1, 1.0)),
        Case::edge("huge-inputs", drawn(2, 2, 3, 100.0)),
    ]
}
