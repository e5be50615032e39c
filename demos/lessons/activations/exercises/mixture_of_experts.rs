//! Several feed-forward layers, of which each token uses a few.

use concepts::activation::{Activation, GatedLayer, Mixture};
use concepts::numerics::softmax::softmax;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "mixture-of-experts",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("router", Form::Matrix, "d × E"),
        Field::new("w", Form::Matrices, "E × d × h"),
        Field::new("v", Form::Matrices, "E × d × h"),
        Field::new("w2", Form::Matrices, "E × h × d"),
        Field::new("k", Form::Whole, ""),
    ],
    gives: &[Field::new("y", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::new("unchanged"),
        Flaw::new("not-renormalised"),
        Flaw::new("softmax-again"),
        Flaw::new("all-experts"),
        Flaw::new("mean-of-all"),
        Flaw::new("equal-gates"),
        Flaw::new("unweighted"),
        Flaw::new("lowest"),
        Flaw::new("top-one"),
        Flaw::new("gates-misplaced"),
        Flaw::new("gate-inside"),
        Flaw::of("silu-on-other", "C25"),
        Flaw::new("over-tokens"),
        Flaw::new("first-token-decides"),
        Flaw::new("residual"),
        Flaw::new("tie-last"),
        Flaw::at("no-shift", "attention 6"),
    ],
    cases,
    twin: Twin::Whiteboard("mixture"),
    follow_ups: ["swiglu", "parameter-count"],
};

fn experts(given: &Given) -> Vec<GatedLayer> {
    let [w, v, w2] = ["w", "v", "w2"].map(|name| given.matrices(name));
    let parts = w.into_iter().zip(v).zip(w2);
    parts.map(|((w, v), u)| GatedLayer { f: Activation::SILU, w, v, u }).collect()
}

fn right(given: &Given) -> Value {
    let layer =
        Mixture::new(given.matrix("router"), experts(given), given.whole("k")).expect("the cases fit");
    value::matrix(&layer.forward(given.matrix("x").view()).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let mut solution = by(given, flaws, Choice::Scores);
    if !flaws.0.is_empty() {
        // Very different scores have probabilities of 0 alike: who sorts these takes another expert.
        unless_the_same(&mut solution.out, &by(given, flaws, Choice::Probabilities).out);
    }
    solution
}

/// By what experts are chosen.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Scores,
    Probabilities,
}

/// Leaves open what the two choices do not agree on.
fn unless_the_same(out: &mut Value, other: &Value) {
    match (out, other) {
        (Value::Array(out), Value::Array(other)) => {
            out.iter_mut().zip(other).for_each(|(out, other)| unless_the_same(out, other));
        }
        (out, other) if *out != *other && value::is_finite(out) => *out = json!(value::ANY_NUMBER),
        _ => {}
    }
}

fn by(given: &Given, flaws: &Flaws, choice: Choice) -> Solution {
    let (x, k, mut experts) = (given.matrix("x"), given.whole("k"), experts(given));
    if flaws.has("silu-on-other") {
        experts.iter_mut().for_each(|layer| std::mem::swap(&mut layer.w, &mut layer.v));
    }
    let scores = x.dot(&given.matrix("router"));
    let probs = probabilities(&scores, flaws);
    let (mut y, mut chosen, mut gates) = (Array2::zeros(x.raw_dim()), Vec::new(), Vec::new());
    for (i, token) in x.outer_iter().enumerate() {
        let row = if flaws.has("first-token-decides") { 0 } else { i };
        let (of_token, gates_of_token) = route([scores.row(row), probs.row(row)], choice, k, flaws);
        let out =
            of_token.iter().zip(&gates_of_token).fold(Array1::zeros(token.len()), |sum, (&e, &gate)| {
                if flaws.has("gate-inside") {
                    sum + expert(&experts[e], (&token * gate).view())
                } else {
                    sum + expert(&experts[e], token) * gate
                }
            });
        y.row_mut(i).assign(&if flaws.has("unchanged") {
            token.to_owned()
        } else if flaws.has("residual") {
            out + token
        } else {
            out
        });
        chosen.push(of_token);
        gates.push(value::numbers(gates_of_token));
    }
    Solution::new(value::matrix(&y))
        .step("probs", value::matrix(&probs))
        .step("chosen", json!(chosen))
        .step("gates", gates.into_iter().collect())
}

fn expert(layer: &GatedLayer, token: ArrayView1<f64>) -> Array1<f64> {
    layer.forward(token.insert_axis(Axis(0))).expect("the cases fit").remove_axis(Axis(0))
}

/// The router's probabilities, a row a token.
fn probabilities(scores: &Array2<f64>, flaws: &Flaws) -> Array2<f64> {
    let axis = Axis(usize::from(!flaws.has("over-tokens")));
    let mut probs = scores.clone();
    for mut lane in probs.lanes_mut(axis) {
        let p = if flaws.has("no-shift") {
            let e = lane.mapv(f64::exp);
            &e / e.sum()
        } else {
            softmax(lane.view())
        };
        lane.assign(&p);
    }
    probs
}

/// Which experts a token is given, and with which gates.
fn route(
    [scores, probs]: [ArrayView1<f64>; 2],
    choice: Choice,
    k: usize,
    flaws: &Flaws,
) -> (Vec<usize>, Vec<f64>) {
    let count = probs.len();
    if flaws.has("mean-of-all") {
        return ((0..count).collect(), vec![1.0 / count as f64; count]);
    }
    // What is softmaxed over the tokens is also chosen by that.
    let by = if choice == Choice::Probabilities || flaws.has("over-tokens") { probs } else { scores };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| by[b].total_cmp(&by[a]));
    if flaws.has("tie-last") {
        order.sort_by(|&a, &b| by[b].total_cmp(&by[a]).then(b.cmp(&a)));
    }
    if flaws.has("lowest") {
        order.sort_by(|&a, &b| by[a].total_cmp(&by[b]));
    }
    let used = if flaws.has("all-experts") {
        count
    } else if flaws.has("top-one") {
        1
    } else {
        k
    };
    let mut chosen = order[..used].to_vec();
    let gates = gates(&chosen, probs, flaws);
    if flaws.has("gates-misplaced") {
        chosen.sort_unstable();
    }
    (chosen, gates)
}

fn gates(chosen: &[usize], probs: ArrayView1<f64>, flaws: &Flaws) -> Vec<f64> {
    let p: Vec<f64> = chosen.iter().map(|&e| probs[e]).collect();
    if flaws.has("not-renormalised") {
        p
    } else if flaws.has("softmax-again") {
        softmax(p.as_slice().into()).to_vec()
    } else if flaws.has("equal-gates") {
        vec![1.0 / p.len() as f64; p.len()]
    } else if flaws.has("unweighted") {
        vec![1.0; p.len()]
    } else {
        let sum: f64 = p.iter().sum();
        p.into_iter().map(|p| p / sum).collect()
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let small = |x: Value, k: usize| json!({ "x": x, "router": [[2.0, 0.0, 1.0]], "w": [[[1.0]], [[1.0]], [[1.0]]], "v": [[[1.0]], [[2.0]], [[3.0]]], "w2": [[[1.0]], [[1.0]], [[2.0]]], "k": k });
    let mut rng = rng(seed, "exercise mixture of experts");
    let mut drawn = |n: usize, d: usize, h: usize, (count, k): (usize, usize), size: f64| {
        let mut draw = |rows, columns, size| value::matrix(&normal((rows, columns), size, &mut rng));
        let (x, router) = (draw(n, d, 1.0), draw(d, count, size));
        let mut each = |rows, columns| (0..count).map(|_| draw(rows, columns, 0.7)).collect::<Value>();
        json!({ "x": x, "router": router, "w": each(d, h), "v": each(d, h), "w2": each(h, d), "k": k })
    };
    let mut tied = drawn(2, 2, 2, (3, 1), 1.0);
    tied["router"] = json!([[1.0, 1.0, 1.0], [0.5, 0.5, 0.5]]);
    vec![
        Case::hand(small(json!([[1.0]]), 2)),
        Case::hand(small(json!([[1.0], [-1.0]]), 2)),
        Case::drawn(drawn(2, 3, 4, (4, 2), 1.0)),
        Case::drawn(drawn(3, 2, 3, (6, 3), 1.0)),
        Case::drawn(drawn(4, 3, 2, (5, 2), 0.5)),
        Case::edge("one-token", drawn(1, 3, 2, (4, 2), 1.0)),
        Case::edge("one-expert", drawn(3, 2, 3, (4, 1), 1.0)),
        Case::edge("every-expert", drawn(2, 2, 2, (3, 3), 1.0)),
        Case::edge("ties", tied),
        Case::edge("huge-scores", drawn(2, 2, 2, (4, 2), 1e4)),
    ]
}
