//! The most probable path of tags.

use std::f64::consts::LN_2;

use concepts::classical::{ClassicalError, HiddenMarkov};
use concepts::numerics::rng;
use ndarray::{Array1, Array2, Axis};
use rand::Rng;
use serde_json::json;

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

/// What some add to a probability, so that its logarithm is a number.
const SMALL: f64 = 1e-12;

/// The model in logarithms, with some of its parts wrong.
struct Model {
    words: Vec<usize>,
    start: Array1<f64>,
    transition: Array2<f64>,
    emission: Array2<f64>,
}

impl Model {
    fn new(given: &Given, flaws: &Flaws) -> Model {
        let small = if flaws.has("zeros-small") { SMALL } else { 0.0 };
        let ln = |p: f64| (p + small).ln();
        let mut start = Array1::from(given.numbers("start")).mapv_into(ln);
        let mut transition = given.matrix("transition").mapv_into(ln);
        if flaws.has("no-start") {
            start.fill(0.0);
        }
        if flaws.has("transposed") {
            transition = transition.reversed_axes();
        }
        let emission = given.matrix("emission").mapv_into(ln);
        Model { words: given.wholes("words"), start, transition, emission }
    }

    fn tags(&self) -> usize {
        self.start.len()
    }

    fn said(&self, t: usize, tag: usize, flaws: &Flaws) -> f64 {
        let missing = (t == 0 && flaws.has("first-emission-missing"))
            || (t + 1 == self.words.len() && flaws.has("last-emission-missing"));
        if missing { 0.0 } else { self.emission[[tag, self.words[t]]] }
    }

    /// ln P of a path with the words.
    fn ln_p(&self, path: &[usize], flaws: &Flaws) -> f64 {
        let said = (0..path.len()).map(|t| self.said(t, path[t], flaws)).sum::<f64>();
        let steps = path.windows(2).map(|pair| self.transition[[pair[0], pair[1]]]).sum::<f64>();
        self.start[path[0]] + said + steps
    }
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let model = Model::new(given, flaws);
    if flaws.has("greedy") || flaws.has("emission-alone") || flaws.has("each-by-itself") {
        let path = if flaws.has("each-by-itself") { by_itself(&model, flaws) } else { greedy(&model, flaws) };
        return Solution::new(answer(&path, model.ln_p(&path, flaws)));
    }
    let (delta, back) = trellis(&model, flaws);
    let n = model.words.len();
    let last = |id| flaws.has("tie-last") || flaws.has(id);
    let mut tag =
        if flaws.has("ends-in-first") { 0 } else { largest(delta.row(n - 1), last("tie-last-end")) };
    let ln_p = delta[[n - 1, tag]];
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
    let mut out = answer(&path, if flaws.has("log-two") { ln_p / LN_2 } else { ln_p });
    if flaws.has("zeros-small") && right(given)["ln_p"] == value::number(f64::NEG_INFINITY) {
        // 1e-10 and 1e-300 are as common: the number itself tells nothing.
        out["ln_p"] = json!(value::ANY_NUMBER);
    }
    Solution::new(out).step("delta", value::matrix(&delta))
}

/// The best ln P of a path that ends in a tag at a word, and the tag before.
fn trellis(model: &Model, flaws: &Flaws) -> (Array2<f64>, Array2<usize>) {
    let (n, k) = (model.words.len(), model.tags());
    // Where probabilities are multiplied, what is too small for a number in f64 is 0.
    let kept = |ln_p: f64| if flaws.has("not-in-logs") { ln_p.exp().ln() } else { ln_p };
    let (mut delta, mut back) = (Array2::zeros((n, k)), Array2::zeros((n, k)));
    for t in 0..n {
        for j in 0..k {
            let before = if t == 0 {
                model.start[j]
            } else {
                let reach = Array1::from_shape_fn(k, |i| delta[[t - 1, i]] + model.transition[[i, j]]);
                back[[t, j]] = largest(reach.view(), flaws.has("tie-last") || flaws.has("tie-last-step"));
                if flaws.has("sum-for-max") { log_sum(&reach) } else { reach[back[[t, j]]] }
            };
            delta[[t, j]] = kept(before + model.said(t, j, flaws));
        }
    }
    (delta, back)
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

fn log_sum(xs: &Array1<f64>) -> f64 {
    let top = xs.fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
    if top == f64::NEG_INFINITY { top } else { top + xs.mapv(|x| (x - top).exp()).sum().ln() }
}

/// The place of the largest; of equal ones the first, or the last.
fn largest(xs: ndarray::ArrayView1<f64>, last: bool) -> usize {
    let better = |a: f64, b: f64| a > b || (a == b && last);
    (0..xs.len()).fold(0, |best, i| if better(xs[i], xs[best]) { i } else { best })
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
