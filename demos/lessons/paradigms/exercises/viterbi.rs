//! The most probable path of tags.

mod trellis;

use std::f64::consts::LN_2;

use concepts::classical::{ClassicalError, HiddenMarkov};
use concepts::numerics::rng;
use ndarray::{Array1, Array2, Axis};
use rand::Rng;
use serde_json::json;

use self::trellis::{Model, Way, largest, log_sum, trellis};
use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "viterbi",
    words: &WORDS,
    section: "1",
    takes: &[
        Field::new("words", Form::Wholes, "n"),
        Field::new("start", Form::Numbers, "K"),
        Field::new("transition", Form::Matrix, "K × K"),
        Field::new("emission", Form::Matrix, "K × V"),
    ],
    gives: &[Field::new("path", Form::Wholes, "n"), Field::new("ln_p", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("greedy", "C6"),
        Flaw::of("emission-alone", "C6"),
        Flaw::new("each-by-itself"),
        Flaw::new("no-start"),
        Flaw::new("transposed"),
        Flaw::new("first-emission-missing"),
        Flaw::new("last-emission-missing"),
        Flaw::new("sum-for-max"),
        Flaw::new("not-in-logs"),
        Flaw::new("ends-in-first"),
        Flaw::new("not-reversed"),
        Flaw::new("best-of-each"),
        Flaw::new("tie-last"),
        Flaw::new("tie-last-step"),
        Flaw::new("tie-last-end"),
        Flaw::new("zeros-small"),
        Flaw::new("log-two"),
    ],
    cases,
    twin: Twin::Whiteboard("viterbi"),
    follow_ups: ["naive-bayes", "unigram-viterbi"],
};

fn answer(path: &[usize], ln_p: f64) -> Value {
    value::named([("path", json!(path)), ("ln_p", value::number(ln_p))])
}

fn right(given: &Given) -> Value {
    let start = Array1::from(given.numbers("start"));
    let model = HiddenMarkov::new(start, given.matrix("transition"), given.matrix("emission"));
    let words = given.wholes("words");
    match model.and_then(|model| model.viterbi(&words)) {
        Ok(best) => answer(&best.tags, best.ln_probability),
        // All paths are equally good, so that it is the first tag everywhere.
        Err(ClassicalError::NoPath) => answer(&vec![0; words.len()], f64::NEG_INFINITY),
        Err(error) => panic!("the cases fit: {error}"),
    }
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let model = Model::new(given, flaws, Way::Logs);
    if flaws.has("greedy") || flaws.has("emission-alone") || flaws.has("each-by-itself") {
        let path = if flaws.has("each-by-itself") { by_itself(&model, flaws) } else { greedy(&model, flaws) };
        return Solution::new(answer(&path, model.ln_p(&path, flaws)));
    }
    if flaws.has("not-in-logs") {
        return Solution::new(by_products(given, flaws));
    }
    let (path, ln_p, delta) = best(&model, flaws);
    Solution::new(told(given, &path, ln_p, flaws)).step("delta", value::matrix(&delta))
}

/// With products that become 0. Where, and with it the path before, depends on how they are taken: the places on which
/// the ways do not agree stay open.
fn by_products(given: &Given, flaws: &Flaws) -> Value {
    let by = |single, inside| best(&Model::new(given, flaws, Way::Products { single, inside }), flaws);
    let (path, p, _) = by(false, false);
    let mut out = told(given, &path, p.ln(), flaws);
    for (single, inside) in [(false, true), (true, false), (true, true)] {
        let (other, ..) = by(single, inside);
        let differs = |t: &usize| path[*t] != other[*t];
        (0..path.len()).filter(differs).for_each(|t| out["path"][t] = json!(value::ANY_NUMBER));
    }
    out
}

/// The best path, its probability or the logarithm of that, and the trellis.
fn best(model: &Model, flaws: &Flaws) -> (Vec<usize>, f64, Array2<f64>) {
    let (delta, back) = trellis(model, flaws);
    let n = model.words.len();
    let last = |id| flaws.has("tie-last") || flaws.has(id);
    let mut tag =
        if flaws.has("ends-in-first") { 0 } else { largest(delta.row(n - 1), last("tie-last-end")) };
    let probability = delta[[n - 1, tag]];
    let mut path = vec![tag; n];
    for t in (1..n).rev() {
        tag = back[[t, tag]];
        path[t - 1] = tag;
    }
    if flaws.has("not-reversed") {
        path.reverse();
    }
    if flaws.has("best-of-each") {
        path = delta.outer_iter().map(|row| largest(row, flaws.has("tie-last"))).collect();
    }
    (path, probability, delta)
}

fn told(given: &Given, path: &[usize], ln_p: f64, flaws: &Flaws) -> Value {
    let mut out = answer(path, if flaws.has("log-two") { ln_p / LN_2 } else { ln_p });
    if flaws.has("zeros-small") && right(given)["ln_p"] == value::number(f64::NEG_INFINITY) {
        // 1e-10 and 1e-300 are as common: the number itself tells nothing.
        out["ln_p"] = json!(value::ANY_NUMBER);
    }
    out
}

/// The best tag word by word, without going back.
fn greedy(model: &Model, flaws: &Flaws) -> Vec<usize> {
    let mut path: Vec<usize> = Vec::new();
    for t in 0..model.words.len() {
        let before = |j: usize| path.last().map_or(model.start[j], |&i| model.transition[[i, j]]);
        let weight = |j| if flaws.has("emission-alone") { 0.0 } else { before(j) };
        let scores = Array1::from_shape_fn(model.tags(), |j| weight(j) + model.said(t, j, flaws));
        path.push(largest(scores.view(), flaws.has("tie-last")));
    }
    path
}

/// The most probable tag of each word, over all paths.
fn by_itself(model: &Model, flaws: &Flaws) -> Vec<usize> {
    let (n, k) = (model.words.len(), model.tags());
    let (mut ahead, mut behind) = (Array2::zeros((n, k)), Array2::zeros((n, k)));
    for t in 0..n {
        for j in 0..k {
            let reach = Array1::from_shape_fn(k, |i| ahead[[t.max(1) - 1, i]] + model.transition[[i, j]]);
            let before = if t == 0 { model.start[j] } else { log_sum(&reach) };
            ahead[[t, j]] = before + model.said(t, j, flaws);
        }
    }
    for t in (0..n - 1).rev() {
        for i in 0..k {
            let onward = |j| model.transition[[i, j]] + model.said(t + 1, j, flaws) + behind[[t + 1, j]];
            behind[[t, i]] = log_sum(&Array1::from_shape_fn(k, onward));
        }
    }
    let sum: Array2<f64> = ahead + behind;
    sum.axis_iter(Axis(0)).map(|row| largest(row, flaws.has("tie-last"))).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |words: &[usize], start: &[f64], transition: Value, emission: Value| json!({ "words": words, "start": start, "transition": transition, "emission": emission });
    let weather = (json!([[0.7, 0.3], [0.4, 0.6]]), json!([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]));
    let by_hand = |words: &[usize]| of(words, &[0.6, 0.4], weather.0.clone(), weather.1.clone());
    // What seems best at first leads nowhere: tag 0 is never left.
    let trap =
        of(&[0, 1], &[0.5, 0.5], json!([[1.0, 0.0], [0.25, 0.75]]), json!([[0.875, 0.125], [0.375, 0.625]]));
    // The halves of the vocabulary belong to a tag each; a product of 300 such probabilities is 0 in f64.
    let half = |own: bool| [if own { 0.04 } else { 0.01 }; 20];
    let halves = Value::from_iter([[half(true), half(false)].concat(), [half(false), half(true)].concat()]);
    let text: Vec<usize> = (0..300).map(|t| (t * 7) % 20 + if t / 30 % 2 == 0 { 0 } else { 20 }).collect();
    let long = of(&text, &[0.5, 0.5], json!([[0.9, 0.1], [0.1, 0.9]]), halves);
    // No tag says word 2. With a small number for 0 the words after it decide, and the path ends in tag 1.
    let unsaid = of(
        &[0, 2, 1],
        &[0.75, 0.25],
        json!([[0.7, 0.3], [0.2, 0.8]]),
        json!([[0.875, 0.125, 0.0], [0.125, 0.875, 0.0]]),
    );
    let even = of(&[0, 1, 0], &[0.5, 0.5], json!([[0.5, 0.5], [0.5, 0.5]]), json!([[0.5, 0.5], [0.5, 0.5]]));
    let mut rng = rng(seed, "exercise viterbi");
    let mut drawn = |n: usize, k: usize, v: usize| {
        let mut row = |length: usize| {
            let weights: Vec<f64> = (0..length).map(|_| rng.random_range(-2.0f64..2.0).exp()).collect();
            let sum: f64 = weights.iter().sum();
            weights.into_iter().map(|weight| weight / sum).collect::<Vec<f64>>()
        };
        let start = row(k);
        let mut rows = |length: usize| (0..k).map(|_| json!(row(length))).collect::<Value>();
        let (transition, emission) = (rows(k), rows(v));
        let words: Vec<usize> = (0..n).map(|_| rng.random_range(0..v)).collect();
        of(&words, &start, transition, emission)
    };
    vec![
        Case::hand(by_hand(&[0, 1, 2])),
        Case::hand(by_hand(&[2, 0])),
        Case::drawn(drawn(5, 2, 3)),
        Case::drawn(drawn(6, 3, 4)),
        Case::drawn(drawn(8, 4, 5)),
        Case::drawn(drawn(10, 4, 4)),
        Case::edge("one-token", drawn(1, 3, 3)),
        Case::edge("one-tag", drawn(4, 1, 3)),
        Case::edge("forbidden-step", trap),
        Case::edge("unsaid-word", unsaid),
        Case::edge("ties", even),
        Case::edge("long-text", long),
    ]
}
