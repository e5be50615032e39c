//! A decoder that reads an encoder: queries from one sequence, keys and values from another.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis, Slice};
use serde_json::json;

use super::{WORDS, plain_softmax_rows};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "cross-attention",
    words: &WORDS,
    section: "8",
    takes: &[
        Field::new("x", Form::Matrix, "n_q × d"),
        Field::new("memory", Form::Matrix, "n_k × d"),
        Field::new("w_q", Form::Matrix, "d × d"),
        Field::new("w_k", Form::Matrix, "d × d"),
        Field::new("w_v", Form::Matrix, "d × d"),
        Field::new("w_o", Form::Matrix, "d × d"),
        Field::new("heads", Form::Whole, ""),
        Field::new("real", Form::Whole, ""),
    ],
    gives: &[Field::new("out", Form::Matrix, "n_q × d")],
    solve,
    right,
    flaws: &[
        Flaw::of("swapped", "C15"),
        Flaw::of("causal", "C15"),
        Flaw::of("padding-seen", "C10"),
        Flaw::of("padding-zeroed", "C10"),
        Flaw::of("padding-after", "C10"),
        Flaw::of("padding-turned", "C10"),
        Flaw::of("scale-by-model", "C3"),
        Flaw::new("no-output"),
        Flaw::of("one-head", "C4"),
    ],
    cases,
    twin: Twin::Whiteboard("attention"),
    follow_ups: ["multi-head", "kv-cache-step"],
};

fn right(given: &Given) -> Value {
    let [w_q, w_k, w_v, w_o] = ["w_q", "w_k", "w_v", "w_o"].map(|name| given.matrix(name));
    let heads = given.whole("heads");
    let layer = MultiHead::from_weights(heads, heads, w_q, w_k, w_v, w_o).expect("the cases fit");
    let [x, memory] = ["x", "memory"].map(|name| given.matrix(name));
    let out = layer.cross(x.view(), memory.view(), &Mask::Padding(real(given, memory.nrows())));
    value::matrix(&out.expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [mut x, mut memory, w_o] = ["x", "memory", "w_o"].map(|name| given.matrix(name));
    if flaws.has("swapped") {
        std::mem::swap(&mut x, &mut memory);
    }
    let mut real = real(given, memory.nrows());
    if flaws.has("padding-zeroed") {
        hide_rows(&mut memory, &real);
    }
    if flaws.has("padding-turned") {
        real.iter_mut().for_each(|real| *real = !*real);
    }
    let q = x.dot(&given.matrix("w_q"));
    let [k, v] = ["w_k", "w_v"].map(|name| memory.dot(&given.matrix(name)));
    let heads = if flaws.has("one-head") { 1 } else { given.whole("heads") };
    let width = q.ncols() / heads;
    let scale = (if flaws.has("scale-by-model") { q.ncols() } else { width } as f64).sqrt();
    let mut concat = Array2::zeros(q.dim());
    for h in 0..heads {
        let columns = Slice::from(h * width..(h + 1) * width);
        let [q, k, v] = [&q, &k, &v].map(|y| y.slice_axis(Axis(1), columns));
        let weights = weights(&(q.dot(&k.t()) / scale), &real, flaws);
        concat.slice_axis_mut(Axis(1), columns).assign(&weights.dot(&v));
    }
    let out = if flaws.has("no-output") { concat.clone() } else { concat.dot(&w_o) };
    Solution::new(value::matrix(&out))
        .step("q", value::matrix(&q))
        .step("k", value::matrix(&k))
        .step("concat", value::matrix(&concat))
}

/// For each row of the memory: is it a token, or padding?
fn real(given: &Given, rows: usize) -> Vec<bool> {
    (0..rows).map(|j| j < given.whole("real")).collect()
}

fn hide_rows(memory: &mut Array2<f64>, real: &[bool]) {
    for (mut row, real) in memory.rows_mut().into_iter().zip(real) {
        row *= f64::from(*real);
    }
}

fn weights(scores: &Array2<f64>, real: &[bool], flaws: &Flaws) -> Array2<f64> {
    let late = ["padding-seen", "padding-zeroed", "padding-after"].iter().any(|id| flaws.has(id));
    let seen = |i, j: usize| (late || real[j]) && (j <= i || !flaws.has("causal"));
    let mut weights = plain_softmax_rows(&Array2::from_shape_fn(scores.dim(), |(i, j)| {
        if seen(i, j) { scores[[i, j]] } else { f64::NEG_INFINITY }
    }));
    if flaws.has("padding-after") {
        weights.indexed_iter_mut().for_each(|((_, j), weight)| *weight *= f64::from(real[j]));
    }
    weights
}

fn cases(seed: u64) -> Vec<Case> {
    let one = json!([[1.0, 0.0], [0.0, 1.0]]);
    let hand = |w_o: Value, real: usize| {
        json!({
            "x": [[1.0, 0.0]], "memory": [[2.0, 0.0], [0.0, 4.0]], "w_q": one, "w_k": one, "w_v": one,
            "w_o": w_o, "heads": 1, "real": real,
        })
    };
    let mut rng = rng(seed, "exercise cross-attention");
    let mut drawn = |[n_q, n_k, d, heads]: [usize; 4], padding: usize| {
        let mut draw = |rows: usize, size: f64| value::matrix(&normal((rows, d), size, &mut rng));
        json!({
            "x": draw(n_q, 1.5), "memory": draw(n_k, 1.5), "w_q": draw(d, 0.7), "w_k": draw(d, 0.7),
            "w_v": draw(d, 0.7), "w_o": draw(d, 0.7), "heads": heads, "real": n_k - padding,
        })
    };
    vec![
        Case::hand(hand(one.clone(), 2)),
        Case::hand(hand(json!([[0.0, 1.0], [1.0, 0.0]]), 1)),
        Case::drawn(drawn([3, 5, 4, 2], 0)),
        Case::drawn(drawn([2, 6, 6, 3], 2)),
        Case::drawn(drawn([4, 4, 4, 2], 1)),
        Case::edge("more-queries", drawn([5, 2, 4, 2], 0)),
        Case::edge("one-token", drawn([1, 4, 4, 2], 1)),
        Case::edge("one-head", drawn([2, 3, 4, 1], 0)),
    ]
}
