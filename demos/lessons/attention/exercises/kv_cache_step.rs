//! One more token, with the keys and values of the past at hand.

use concepts::attention::MultiHead;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2, Axis, concatenate};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "kv-cache-step",
    words: &WORDS,
    section: "11",
    takes: &[
        Field::new("x", Form::Numbers, "d"),
        Field::new("w_q", Form::Matrix, "d × d"),
        Field::new("w_k", Form::Matrix, "d × d"),
        Field::new("w_v", Form::Matrix, "d × d"),
        Field::new("w_o", Form::Matrix, "d × d"),
        Field::new("heads", Form::Whole, ""),
        Field::new("keys", Form::Matrix, "t × d"),
        Field::new("values", Form::Matrix, "t × d"),
    ],
    gives: &[Field::new("out", Form::Numbers, "d")],
    solve,
    right,
    flaws: &[
        Flaw::of("not-appended", "C11"),
        Flaw::of("last-overwritten", "C11"),
        Flaw::of("sees-first-only", "C10"),
        Flaw::of("key-as-value", "C1"),
        Flaw::of("raw-token", "C1"),
        Flaw::of("scale-by-model", "C3"),
        Flaw::new("no-output"),
        Flaw::of("sum-over-heads", "C4"),
    ],
    cases,
    twin: Twin::Whiteboard("kv_cache"),
    follow_ups: ["multi-head", "log-softmax"],
};

/// The library's cache is filled by tokens. These are wide enough to say key and value themselves: `[key, value, x]`.
fn right(given: &Given) -> Value {
    let [w_q, w_k, w_v, w_o] = ["w_q", "w_k", "w_v", "w_o"].map(|name| given.matrix(name));
    let d = w_q.nrows();
    let (one, none) = (Array2::eye(d), Array2::zeros((d, d)));
    let stacked = |parts: [&Array2<f64>; 3], axis| {
        concatenate(Axis(axis), &parts.map(|part| part.view())).expect("all are d × d")
    };
    let heads = given.whole("heads");
    let layer = MultiHead::from_weights(
        heads,
        heads,
        stacked([&none, &none, &w_q], 0),
        stacked([&one, &none, &w_k], 0),
        stacked([&none, &one, &w_v], 0),
        stacked([&none, &none, &w_o], 1),
    )
    .expect("the cases fit");
    let mut cache = layer.new_cache();
    let [keys, values] = ["keys", "values"].map(|name| given.matrix(name));
    let past = keys.rows().into_iter().zip(values.rows());
    for (key, value) in past {
        let token: Array1<f64> = key.iter().chain(value).copied().chain(vec![0.0; d]).collect();
        layer.step(token.view(), &mut cache).expect("the cases fit");
    }
    let token: Array1<f64> = vec![0.0; 2 * d].into_iter().chain(given.numbers("x")).collect();
    let out = layer.step(token.view(), &mut cache).expect("the cases fit");
    value::numbers(out.iter().skip(2 * d).copied())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let x = Array1::from(given.numbers("x"));
    let heads = given.whole("heads");
    let q = x.dot(&given.matrix("w_q"));
    let (new_k, new_v) = if flaws.has("raw-token") {
        (x.clone(), x.clone())
    } else {
        let v = if flaws.has("key-as-value") { "w_k" } else { "w_v" };
        (x.dot(&given.matrix("w_k")), x.dot(&given.matrix(v)))
    };
    let [keys, values] =
        [("keys", &new_k), ("values", &new_v)].map(|(name, new)| grown(given.matrix(name), new, flaws));
    let width = q.len() / heads;
    let scale = (if flaws.has("scale-by-model") { q.len() } else { width } as f64).sqrt();
    let mut concat = Vec::new();
    let mut first = Vec::new();
    for h in 0..heads {
        let own = if flaws.has("sum-over-heads") { 0..q.len() } else { h * width..(h + 1) * width };
        let seen = if flaws.has("sees-first-only") { &keys[..keys.len().min(1)] } else { &keys[..] };
        let score = |key: &Vec<f64>| own.clone().map(|e| q[e] * key[e]).sum::<f64>() / scale;
        let weights = softmax(&seen.iter().map(score).collect::<Vec<_>>());
        let mean = |e| weights.iter().zip(&values).map(|(weight, value)| weight * value[e]).sum::<f64>();
        concat.extend((h * width..(h + 1) * width).map(mean));
        if h == 0 {
            first = weights;
        }
    }
    let concat = Array1::from(concat);
    let out = if flaws.has("no-output") { concat } else { concat.dot(&given.matrix("w_o")) };
    Solution::new(value::numbers(out))
        .step("q", value::numbers(q))
        .step("first_weights", value::numbers(first))
}

/// The cache with the new row. Without it a first token sees nothing.
fn grown(past: Array2<f64>, new: &Array1<f64>, flaws: &Flaws) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = past.rows().into_iter().map(|row| row.to_vec()).collect();
    if !flaws.has("not-appended") {
        if flaws.has("last-overwritten") {
            rows.pop();
        }
        rows.push(new.to_vec());
    }
    rows
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let one = json!([[1.0, 0.0], [0.0, 1.0]]);
    let hand = |w_v: Value, heads: usize| {
        json!({
            "x": [1.0, 2.0], "w_q": one, "w_k": one, "w_v": w_v, "w_o": [[0.0, 1.0], [1.0, 0.0]], "heads": heads,
            "keys": [[1.0, 0.0]], "values": [[3.0, 1.0]],
        })
    };
    let mut rng = rng(seed, "exercise kv cache step");
    let mut drawn = |t: usize, d: usize, heads: usize, size: f64| {
        let mut draw = |rows: usize, size: f64| normal((rows, d), size, &mut rng);
        let x = value::numbers(draw(1, size));
        let mut draw = |rows: usize, size: f64| value::matrix(&draw(rows, size));
        json!({
            "x": x, "w_q": draw(d, 0.7), "w_k": draw(d, 0.7), "w_v": draw(d, 0.7), "w_o": draw(d, 0.7),
            "heads": heads, "keys": draw(t, 1.0), "values": draw(t, 1.0),
        })
    };
    vec![
        Case::hand(hand(one.clone(), 1)),
        Case::hand(hand(json!([[2.0, 0.0], [0.0, 2.0]]), 2)),
        Case::drawn(drawn(3, 4, 2, 1.5)),
        Case::drawn(drawn(7, 6, 3, 1.5)),
        Case::drawn(drawn(5, 4, 1, 1.5)),
        Case::edge("empty-cache", drawn(0, 4, 2, 1.0)),
        Case::edge("head-of-one", drawn(4, 3, 3, 1.0)),
        Case::edge("huge-scores", drawn(4, 4, 2, 1e4)),
    ]
}
