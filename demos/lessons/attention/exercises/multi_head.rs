//! Causal self-attention with several heads.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis, concatenate};
use serde_json::json;

use super::{WORDS, plain_softmax_rows};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "multi-head",
    words: &WORDS,
    section: "8",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("w_q", Form::Matrix, "d × d"),
        Field::new("w_k", Form::Matrix, "d × d"),
        Field::new("w_v", Form::Matrix, "d × d"),
        Field::new("w_o", Form::Matrix, "d × d"),
        Field::new("heads", Form::Whole, ""),
    ],
    gives: &[Field::new("out", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::of("scale-by-model", "C3"),
        Flaw::of("no-scale", "C3"),
        Flaw::of("no-mask", "C10"),
        Flaw::of("hidden-itself", "C10"),
        Flaw::new("every-other"),
        Flaw::new("split-by-reshape"),
        Flaw::new("joined-by-reshape"),
        Flaw::new("no-output"),
        Flaw::new("transposed"),
    ],
    cases,
    twin: Twin::Whiteboard("multi_head"),
    follow_ups: ["cross-attention", "kv-cache-step"],
};

fn right(given: &Given) -> Value {
    let [w_q, w_k, w_v, w_o] = ["w_q", "w_k", "w_v", "w_o"].map(|name| given.matrix(name));
    let heads = given.whole("heads");
    let layer = MultiHead::from_weights(heads, heads, w_q, w_k, w_v, w_o).expect("the cases fit");
    value::matrix(&layer.forward(given.matrix("x").view(), &Mask::Causal).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [x, w_q, w_k, w_v, w_o] = ["x", "w_q", "w_k", "w_v", "w_o"].map(|name| given.matrix(name));
    let [w_q, w_k, w_v, w_o] =
        [w_q, w_k, w_v, w_o].map(|w| if flaws.has("transposed") { w.reversed_axes() } else { w });
    let heads = given.whole("heads");
    let [q, k, v] = [w_q, w_k, w_v].map(|w| x.dot(&w));
    let d = x.ncols();
    let scale = if flaws.has("no-scale") {
        1.0
    } else if flaws.has("scale-by-model") {
        (d as f64).sqrt()
    } else {
        ((d / heads) as f64).sqrt()
    };
    let outputs: Vec<Array2<f64>> = (0..heads)
        .map(|h| {
            let [q, k, v] = [&q, &k, &v].map(|y| head(y, h, heads, flaws));
            weights(&(q.dot(&k.t()) / scale), flaws).dot(&v)
        })
        .collect();
    let concat = join(&outputs, flaws);
    let out = if flaws.has("no-output") { concat.clone() } else { concat.dot(&w_o) };
    Solution::new(value::matrix(&out))
        .step("q", value::matrix(&q))
        .step("first_head", value::matrix(&outputs[0]))
        .step("concat", value::matrix(&concat))
}

/// One head's share of the columns, `(n, d_head)`.
fn head(y: &Array2<f64>, h: usize, heads: usize, flaws: &Flaws) -> Array2<f64> {
    let (n, width) = (y.nrows(), y.ncols() / heads);
    Array2::from_shape_fn((n, width), |(i, e)| {
        if flaws.has("split-by-reshape") {
            let flat = (h * n + i) * width + e;
            y[[flat / y.ncols(), flat % y.ncols()]]
        } else if flaws.has("every-other") {
            y[[i, e * heads + h]]
        } else {
            y[[i, h * width + e]]
        }
    })
}

fn weights(scores: &Array2<f64>, flaws: &Flaws) -> Array2<f64> {
    let seen = |i, j| flaws.has("no-mask") || j < i || (j == i && !flaws.has("hidden-itself"));
    plain_softmax_rows(&Array2::from_shape_fn(scores.dim(), |(i, j)| {
        if seen(i, j) { scores[[i, j]] } else { f64::NEG_INFINITY }
    }))
}

/// The heads side by side.
fn join(outputs: &[Array2<f64>], flaws: &Flaws) -> Array2<f64> {
    let views: Vec<_> = outputs.iter().map(|head| head.view()).collect();
    if !flaws.has("joined-by-reshape") {
        return concatenate(Axis(1), &views).expect("all have n rows");
    }
    let (n, width) = outputs[0].dim();
    let flat: Vec<f64> = outputs.iter().flat_map(|head| head.iter().copied()).collect();
    Array2::from_shape_vec((n, width * outputs.len()), flat).expect("as many numbers")
}

fn cases(seed: u64) -> Vec<Case> {
    let one = json!([[1.0, 0.0], [0.0, 1.0]]);
    let hand = |w_v: Value| json!({ "x": [[1.0, 0.0], [0.0, 2.0]], "w_q": one, "w_k": one, "w_v": w_v, "w_o": one, "heads": 2 });
    let mut rng = rng(seed, "exercise multi-head");
    let mut drawn = |n: usize, d: usize, heads: usize, size: f64| {
        let mut draw = |rows: usize, size: f64| value::matrix(&normal((rows, d), size, &mut rng));
        let weight = 1.0 / (d as f64).sqrt();
        json!({
            "x": draw(n, size), "w_q": draw(d, weight), "w_k": draw(d, weight), "w_v": draw(d, weight),
            "w_o": draw(d, weight), "heads": heads,
        })
    };
    vec![
        Case::hand(hand(one.clone())),
        Case::hand(hand(json!([[1.0, 2.0], [0.0, 1.0]]))),
        Case::drawn(drawn(3, 4, 2, 1.0)),
        Case::drawn(drawn(5, 6, 3, 2.0)),
        Case::drawn(drawn(4, 8, 2, 2.0)),
        Case::edge("one-head", drawn(3, 4, 1, 1.0)),
        Case::edge("head-of-one", drawn(3, 3, 3, 1.0)),
        Case::edge("one-token", drawn(1, 4, 2, 1.0)),
        Case::edge("huge-scores", drawn(3, 4, 2, 100.0)),
    ]
}
