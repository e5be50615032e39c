//! Causal attention in which query heads share key/value heads.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis, Slice, concatenate};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "gqa",
    words: &WORDS,
    section: "1",
    takes: &[
        Field::new("q", Form::Matrix, "n × (heads·d)"),
        Field::new("k", Form::Matrix, "n × (kv_heads·d)"),
        Field::new("v", Form::Matrix, "n × (kv_heads·d)"),
        Field::new("heads", Form::Whole, ""),
        Field::new("kv_heads", Form::Whole, ""),
    ],
    gives: &[Field::new("out", Form::Matrix, "n × (heads·d)")],
    solve,
    right,
    flaws: &[
        Flaw::of("tiled", "C10"),
        Flaw::of("values-tiled", "C10"),
        Flaw::of("one-shared", "C5"),
        Flaw::of("mean-shared", "C19"),
        Flaw::of("every-head-once", "C10"),
        Flaw::of("no-mask", "attention C10"),
        Flaw::of("scale-by-width", "attention C3"),
        Flaw::of("no-scale", "attention C3"),
    ],
    cases,
    twin: Twin::Whiteboard("gqa"),
    follow_ups: ["kv-bytes", "kv-cache-step"],
};

/// The library's layer projects tokens itself. These say query, key and value themselves, `[q, k, v]`, and each weight
/// picks its part out.
fn right(given: &Given) -> Value {
    let parts = ["q", "k", "v"].map(|name| given.matrix(name));
    let x = concatenate(Axis(1), &parts.each_ref().map(|part| part.view())).expect("as many rows");
    let one = Array2::eye(x.ncols());
    let ends = [0, parts[0].ncols(), parts[0].ncols() + parts[1].ncols(), x.ncols()];
    let part = |i: usize| one.slice_axis(Axis(1), Slice::from(ends[i]..ends[i + 1])).to_owned();
    let (heads, kv_heads) = (given.whole("heads"), given.whole("kv_heads"));
    let layer = MultiHead::from_weights(heads, kv_heads, part(0), part(1), part(2), part(0).reversed_axes())
        .expect("the cases fit");
    let out = layer.forward(x.view(), &Mask::Causal).expect("the cases fit");
    value::matrix(&out.slice_axis(Axis(1), Slice::from(..ends[1])).to_owned())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
    let (heads, kv_heads) = (given.whole("heads"), given.whole("kv_heads"));
    let width = q.ncols() / heads;
    let scale = if flaws.has("no-scale") {
        1.0
    } else if flaws.has("scale-by-width") {
        (q.ncols() as f64).sqrt()
    } else {
        (width as f64).sqrt()
    };
    let repeated = |h: usize| h / (heads / kv_heads);
    let mut outputs = Vec::new();
    let mut read = Vec::new();
    for h in 0..if flaws.has("every-head-once") { kv_heads } else { heads } {
        let [of_key, of_value] = if flaws.has("tiled") {
            [h % kv_heads; 2]
        } else if flaws.has("values-tiled") {
            [repeated(h), h % kv_heads]
        } else if flaws.has("one-shared") {
            [0; 2]
        } else {
            [repeated(h); 2]
        };
        let (k, v) = if flaws.has("mean-shared") {
            (mean(&k, kv_heads, width), mean(&v, kv_heads, width))
        } else {
            (head(&k, of_key, width), head(&v, of_value, width))
        };
        let weights = weights(&(head(&q, h, width).dot(&k.t()) / scale), flaws);
        outputs.push(weights.dot(&v));
        read.push(of_key);
    }
    let views: Vec<_> = outputs.iter().map(|head| head.view()).collect();
    let out = concatenate(Axis(1), &views).expect("all have n rows");
    Solution::new(value::matrix(&out))
        .step("reads", json!(read))
        .step("first_head", value::matrix(&outputs[0]))
}

fn head(x: &Array2<f64>, h: usize, width: usize) -> Array2<f64> {
    x.slice_axis(Axis(1), Slice::from(h * width..(h + 1) * width)).to_owned()
}

fn mean(x: &Array2<f64>, heads: usize, width: usize) -> Array2<f64> {
    let all = (0..heads).map(|h| head(x, h, width));
    all.reduce(|sum, head| sum + head).expect("at least one head") / heads as f64
}

fn weights(scores: &Array2<f64>, flaws: &Flaws) -> Array2<f64> {
    softmax_rows(&Array2::from_shape_fn(scores.dim(), |(i, j)| {
        if j <= i || flaws.has("no-mask") { scores[[i, j]] } else { f64::NEG_INFINITY }
    }))
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({
        "q": [[1.0, 1.0, 2.0, 2.0]], "k": [[1.0, 2.0]], "v": [[3.0, 5.0]], "heads": 4, "kv_heads": 2,
    });
    let two = json!({
        "q": [[0.0, 0.0], [1.0, 2.0]], "k": [[0.0], [1.0]], "v": [[0.0], [1.0]], "heads": 2, "kv_heads": 1,
    });
    let mut rng = rng(seed, "exercise gqa");
    let mut drawn = |n: usize, d: usize, heads: usize, kv_heads: usize, size: f64| {
        let mut draw = |columns, size| value::matrix(&normal((n, columns), size, &mut rng));
        json!({
            "q": draw(heads * d, size), "k": draw(kv_heads * d, 1.0), "v": draw(kv_heads * d, 1.0),
            "heads": heads, "kv_heads": kv_heads,
        })
    };
    vec![
        Case::hand(hand),
        Case::hand(two),
        Case::drawn(drawn(3, 2, 4, 2, 1.0)),
        Case::drawn(drawn(4, 3, 6, 2, 1.5)),
        Case::drawn(drawn(3, 4, 6, 3, 1.0)),
        Case::edge("one-kv-head", drawn(3, 2, 4, 1, 1.0)),
        Case::edge("head-for-head", drawn(3, 2, 3, 3, 1.0)),
        Case::edge("one-token", drawn(1, 2, 4, 2, 1.0)),
        Case::edge("huge-scores", drawn(3, 2, 4, 2, 1e4)),
    ]
}
