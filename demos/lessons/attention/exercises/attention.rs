//! Scaled dot-product attention with a mask.

use concepts::attention::{Mask, attention_trace};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "attention",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("q", Form::Matrix, "n_q × d_k"),
        Field::new("k", Form::Matrix, "n_k × d_k"),
        Field::new("v", Form::Matrix, "n_k × d_v"),
        Field::new("seen", Form::Truths, "n_q × n_k"),
    ],
    gives: &[Field::new("out", Form::Matrix, "n_q × d_v")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-scale", "C3"),
        Flaw::of("divide-by-d", "C3"),
        Flaw::of("root-of-v", "C3"),
        Flaw::of("root-of-keys", "C3"),
        Flaw::of("times-root", "C3"),
        Flaw::of("over-queries", "C2"),
        Flaw::of("mask-after", "C10"),
        Flaw::of("mask-zero", "C10"),
        Flaw::of("mask-finite", "C10"),
        Flaw::of("mask-added", "C10"),
        Flaw::of("mask-turned", "C10"),
        Flaw::of("unmasked", "C10"),
        Flaw::of("blind-row", "C10"),
        Flaw::at("no-shift", "6"),
    ],
    cases,
    twin: Twin::Whiteboard("attention"),
    follow_ups: ["multi-head", "attention-backward"],
};

fn right(given: &Given) -> Value {
    let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
    let trace = attention_trace(q.view(), k.view(), v.view(), &Mask::Pairs(given.table("seen")));
    value::matrix(&trace.expect("the cases fit").output)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
    let seen = given.table("seen");
    let scores = q.dot(&k.t()) / scale(q.ncols() as f64, v.dim(), flaws);
    let masked = masked(&scores, &seen, flaws);
    let weights = weights(&masked, &seen, flaws);
    let out = weights.dot(&v);
    Solution::new(value::matrix(&out))
        .step("scores", value::matrix(&scores))
        .step("masked", value::matrix(&masked))
        .step("weights", value::matrix(&weights))
}

/// What the scores are divided by; the values are `n_k × d_v`.
fn scale(d_k: f64, (n_k, d_v): (usize, usize), flaws: &Flaws) -> f64 {
    if flaws.has("no-scale") {
        1.0
    } else if flaws.has("divide-by-d") {
        d_k
    } else if flaws.has("root-of-v") {
        (d_v as f64).sqrt()
    } else if flaws.has("root-of-keys") {
        (n_k as f64).sqrt()
    } else if flaws.has("times-root") {
        d_k.sqrt().recip()
    } else {
        d_k.sqrt()
    }
}

/// What many programs take from a hidden score. In 64 bits the score is still there beside it.
const ADDED: f64 = 1e9;

fn masked(scores: &Array2<f64>, seen: &Array2<bool>, flaws: &Flaws) -> Array2<f64> {
    if flaws.has("mask-after") || flaws.has("unmasked") {
        return scores.clone();
    }
    let hidden = if flaws.has("mask-zero") {
        0.0
    } else if flaws.has("mask-finite") {
        -1e9
    } else {
        f64::NEG_INFINITY
    };
    if flaws.has("mask-added") {
        let less = seen.mapv(|seen| if seen { 0.0 } else { ADDED });
        return scores - &less;
    }
    let shown = |i, j| seen[[i, j]] != flaws.has("mask-turned");
    Array2::from_shape_fn(scores.dim(), |(i, j)| if shown(i, j) { scores[[i, j]] } else { hidden })
}

fn weights(masked: &Array2<f64>, seen: &Array2<bool>, flaws: &Flaws) -> Array2<f64> {
    let mut weights = if flaws.has("over-queries") {
        softmax_rows(&masked.t().to_owned()).reversed_axes()
    } else if flaws.has("no-shift") {
        without_shift(masked)
    } else {
        softmax_rows(masked)
    };
    if flaws.has("mask-after") {
        weights.zip_mut_with(seen, |weight, seen| *weight *= f64::from(*seen));
    }
    if flaws.has("blind-row") {
        let exp = |score: f64| {
            if flaws.has("no-shift") { score.exp() } else { f64::from(score > f64::NEG_INFINITY) }
        };
        let nothing = |score: &f64| exp(*score) == 0.0;
        // Nothing to be seen in a row; or in a column, if the sum runs over that.
        let axis = Axis(usize::from(!flaws.has("over-queries")));
        for (mut lane, masked) in weights.lanes_mut(axis).into_iter().zip(masked.lanes(axis)) {
            if masked.iter().all(nothing) {
                lane.fill(f64::NAN); // 0/0: what the formula gives if nobody thinks of it
            }
        }
    }
    weights
}

/// Overflows from a score of 710 on; a row that sees nothing gets zeros all the same.
fn without_shift(masked: &Array2<f64>) -> Array2<f64> {
    let mut e = masked.mapv(f64::exp);
    for mut row in e.axis_iter_mut(Axis(0)) {
        let sum = row.sum();
        row.mapv_inplace(|e| if sum == 0.0 { 0.0 } else { e / sum });
    }
    e
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({
        "q": [[1.0, 0.0], [0.0, 2.0]], "k": [[1.0, 0.0], [0.0, 1.0]], "v": [[1.0, 0.0], [0.0, 1.0]],
        "seen": [[true, true], [true, true]],
    });
    let causal = json!({
        "q": [[1.0, 0.0], [0.0, 2.0]], "k": [[1.0, 0.0], [0.0, 1.0]], "v": [[1.0, 2.0], [3.0, 4.0]],
        "seen": [[true, false], [true, true]],
    });
    let mut rng = rng(seed, "exercise attention");
    let mut drawn = |[n_q, n_k, d_k, d_v]: [usize; 4], size: f64, seen: &dyn Fn(usize, usize) -> bool| {
        let [q, k, v] = [(n_q, d_k), (n_k, d_k), (n_k, d_v)].map(|shape| normal(shape, 1.0, &mut rng));
        let seen = Array2::from_shape_fn((n_q, n_k), |(i, j)| seen(i, j));
        json!({
            "q": value::matrix(&(q * size)), "k": value::matrix(&k), "v": value::matrix(&v),
            "seen": value::table(&seen),
        })
    };
    let all = |_: usize, _: usize| true;
    let mut cases = vec![Case::hand(hand), Case::hand(causal)];
    cases.push(Case::drawn(drawn([3, 3, 4, 4], 1.0, &all)));
    cases.push(Case::drawn(drawn([5, 5, 8, 3], 1.0, &|i, j| j <= i)));
    cases.push(Case::drawn(drawn([2, 7, 16, 5], 1.0, &|_, j| j != 3)));
    cases.push(Case::edge("one-token", drawn([1, 1, 3, 2], 1.0, &all)));
    cases.push(Case::edge("blind-row", drawn([3, 4, 4, 2], 1.0, &|i, j| i != 1 && j <= i)));
    cases.push(Case::edge("huge-scores", drawn([3, 4, 4, 2], 1e4, &all)));
    let holes: Vec<bool> = (0..35).map(|_| rng_of(seed).random_bool(0.5)).collect();
    cases.push(Case::edge("holes", drawn([5, 7, 3, 2], 1.0, &|i, j| holes[i * 7 + j] || j == i)));
    cases
}

fn rng_of(seed: u64) -> impl Rng {
    rng(seed, "exercise attention, holes")
}
