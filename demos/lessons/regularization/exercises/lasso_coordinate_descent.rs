//! The lasso by cyclic coordinate descent: a given number of sweeps from 0.

use concepts::numerics::{normal, rng};
use concepts::regularization::{Design, Penalty, Stop, coordinate_descent};
use ndarray::Array1;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "lasso-coordinate-descent",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("x", Form::Matrix, "n × p"),
        Field::new("y", Form::Numbers, "n"),
        Field::new("penalty", Form::Number, ""),
        Field::new("sweeps", Form::Whole, ""),
    ],
    gives: &[Field::new("w", Form::Numbers, "p")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-threshold", "C3"),
        Flaw::of("hard-threshold", "C14"),
        Flaw::new("threshold-unscaled"),
        Flaw::new("not-divided"),
        Flaw::new("zero-column"),
        Flaw::new("all-at-once"),
        Flaw::new("own-left-out"),
        Flaw::new("sign-lost"),
        Flaw::of("lambda-times-n", "C2"),
        Flaw::of("lambda-halved", "C2"),
    ],
    cases,
    twin: Twin::Whiteboard("lasso"),
    follow_ups: ["ridge", "adamw"],
};

fn right(given: &Given) -> Value {
    let (x, y) = (given.matrix("x"), Array1::from(given.numbers("y")));
    let design = Design::as_given(x.view(), y.view()).expect("the cases fit");
    let start = Array1::zeros(x.ncols());
    // No gap ends it: every sweep is made.
    let stop = Stop { gap: f64::NEG_INFINITY, passes: given.whole("sweeps") };
    let fit = coordinate_descent(&design, Penalty::lasso(given.number("penalty")), start.view(), stop);
    value::numbers(fit.expect("a penalty above 0").coefficients)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (x, y) = (given.matrix("x"), Array1::from(given.numbers("y")));
    let lambda = match given.number("penalty") {
        lambda if flaws.has("lambda-times-n") => lambda * x.nrows() as f64,
        lambda if flaws.has("lambda-halved") => lambda / 2.0,
        lambda => lambda,
    };
    let mut w = Array1::<f64>::zeros(x.ncols());
    let mut first = Vec::new();
    for _ in 0..given.whole("sweeps") {
        let before = w.clone();
        for j in 0..x.ncols() {
            let column = x.column(j);
            let square = column.dot(&column);
            if square == 0.0 && !flaws.has("zero-column") {
                continue;
            }
            let at = if flaws.has("all-at-once") { &before } else { &w };
            let residual = &y - &x.dot(at);
            let own = if flaws.has("own-left-out") { 0.0 } else { square * at[j] };
            w[j] = threshold(column.dot(&residual) + own, square, lambda, flaws);
        }
        if first.is_empty() {
            first = w.to_vec();
        }
    }
    Solution::new(value::numbers(w)).step("first_sweep", value::numbers(first))
}

/// The best value of one coefficient, where `along` is what its column correlates with.
fn threshold(along: f64, square: f64, lambda: f64, flaws: &Flaws) -> f64 {
    if flaws.has("no-threshold") {
        return along / square;
    }
    if flaws.has("hard-threshold") {
        return if along.abs() > lambda { along / square } else { 0.0 };
    }
    let sign = if flaws.has("sign-lost") { 1.0 } else { along.signum() };
    if flaws.has("threshold-unscaled") {
        return sign * above_zero((along / square).abs() - lambda);
    }
    let beyond = above_zero(along.abs() - lambda);
    sign * beyond / if flaws.has("not-divided") { 1.0 } else { square }
}

/// The larger of a number and 0; what is no number stays so.
fn above_zero(x: f64) -> f64 {
    if x.is_nan() { x } else { x.max(0.0) }
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise lasso");
    let mut drawn = |n: usize, p: usize, lambda: f64, sweeps: usize| {
        // Columns that are alike, so that one sweep is not the end.
        let common = normal((n, 1), 0.7, &mut rng);
        let x = normal((n, p), 0.7, &mut rng) + common;
        let w = normal((p, 1), 1.5, &mut rng);
        let y = x.dot(&w) + normal((n, 1), 0.2, &mut rng);
        json!({ "x": value::matrix(&x), "y": value::numbers(y), "penalty": lambda, "sweeps": sweeps })
    };
    let orthogonal = json!({ "x": [[1.0, 0.0], [0.0, 2.0]], "y": [3.0, -4.0], "penalty": 1.0, "sweeps": 1 });
    let alike = json!({ "x": [[1.0, 1.0], [1.0, 0.0]], "y": [4.0, 1.0], "penalty": 1.0, "sweeps": 2 });
    let zero = json!({
        "x": [[1.0, 0.0, 2.0], [2.0, 0.0, -1.0]], "y": [1.0, 3.0], "penalty": 0.5, "sweeps": 3,
    });
    vec![
        Case::hand(orthogonal),
        Case::hand(alike),
        Case::drawn(drawn(6, 2, 0.5, 1)),
        Case::drawn(drawn(8, 4, 1.0, 3)),
        Case::drawn(drawn(12, 5, 2.0, 10)),
        Case::drawn(drawn(5, 3, 0.2, 2)),
        Case::edge("wide", drawn(3, 6, 0.3, 4)),
        Case::edge("huge-penalty", drawn(6, 3, 1e6, 3)),
        Case::edge("zero-column", zero),
        Case::edge("no-sweep", drawn(4, 2, 0.5, 0)),
    ]
}
