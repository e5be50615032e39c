//! Ridge regression with an intercept that is not penalised.

use concepts::numerics::{normal, rng};
use concepts::regularization::{Design, Scaling, ridge_closed_form};
use ndarray::{Array1, Array2, Axis};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "ridge",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("x", Form::Matrix, "n × p"),
        Field::new("y", Form::Numbers, "n"),
        Field::new("penalty", Form::Number, ""),
    ],
    gives: &[Field::new("intercept", Form::Number, ""), Field::new("w", Form::Numbers, "p")],
    solve,
    right,
    flaws: &[
        Flaw::new("intercept-penalised"),
        Flaw::new("no-intercept"),
        Flaw::new("intercept-is-mean"),
        Flaw::of("lambda-times-n", "C4"),
        Flaw::of("lambda-halved", "C4"),
        Flaw::new("rows-of-lambda"),
        Flaw::new("standardised"),
    ],
    cases,
    twin: Twin::Library("concepts::regularization::ridge_closed_form"),
    follow_ups: ["lasso-coordinate-descent", "adamw"],
};

fn answer(intercept: f64, w: impl IntoIterator<Item = f64>) -> Value {
    value::named([("intercept", value::number(intercept)), ("w", value::numbers(w))])
}

fn right(given: &Given) -> Value {
    let (x, y) = (given.matrix("x"), Array1::from(given.numbers("y")));
    let design = Design::new(x.view(), y.view(), Scaling::Centred).expect("the cases vary");
    let w = ridge_closed_form(&design, given.number("penalty")).expect("one solution");
    let (intercept, w) = design.in_units(w.view());
    answer(intercept, w)
}

/// The normal equations with a column of ones, whose entry of the penalty is 0.
fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (mut x, y, mut lambda) = (given.matrix("x"), given.numbers("y"), given.number("penalty"));
    let (n, p) = x.dim();
    if flaws.has("lambda-times-n") {
        lambda *= n as f64;
    } else if flaws.has("lambda-halved") {
        lambda /= 2.0;
    } else if flaws.has("rows-of-lambda") {
        lambda *= lambda; // λI below X is squared in XᵀX
    }
    let spread = x.std_axis(Axis(0), 0.0);
    if flaws.has("standardised") {
        x /= &spread;
    }
    let one = if flaws.has("no-intercept") { 0.0 } else { 1.0 };
    let column = |i: usize, j: usize| if j == 0 { one } else { x[[i, j - 1]] };
    let mut equations = Array2::zeros((p + 1, p + 2));
    for j in 0..=p {
        for k in 0..=p {
            equations[[j, k]] = (0..n).map(|i| column(i, j) * column(i, k)).sum();
        }
        equations[[j, p + 1]] = (0..n).map(|i| column(i, j) * y[i]).sum();
        if j > 0 || flaws.has("intercept-penalised") {
            equations[[j, j]] += lambda;
        }
    }
    if flaws.has("no-intercept") {
        equations[[0, 0]] = 1.0; // its right-hand side is 0
    }
    let mut w = eliminated(equations);
    let mut intercept = w.remove(0);
    if flaws.has("intercept-is-mean") {
        intercept = y.iter().sum::<f64>() / n as f64;
    }
    if flaws.has("standardised") {
        w.iter_mut().zip(&spread).for_each(|(w, s)| *w /= s);
    }
    Solution::new(answer(intercept, w))
}

/// Gauss, with the largest pivot of each column.
fn eliminated(mut e: Array2<f64>) -> Vec<f64> {
    let n = e.nrows();
    for j in 0..n {
        let best = (j..n).max_by(|&a, &b| e[[a, j]].abs().total_cmp(&e[[b, j]].abs())).unwrap_or(j);
        for k in 0..=n {
            e.swap([j, k], [best, k]);
        }
        for i in (0..n).filter(|&i| i != j) {
            let factor = e[[i, j]] / e[[j, j]];
            for k in j..=n {
                e[[i, k]] -= factor * e[[j, k]];
            }
        }
    }
    (0..n).map(|i| e[[i, n]] / e[[i, i]]).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise ridge");
    let mut drawn = |n: usize, p: usize, lambda: f64, shift: f64| {
        let x = normal((n, p), 1.5, &mut rng) + shift;
        let w = normal((p, 1), 2.0, &mut rng);
        let y = x.dot(&w) + normal((n, 1), 0.5, &mut rng) + 3.0;
        json!({ "x": value::matrix(&x), "y": value::numbers(y), "penalty": lambda })
    };
    let hand = |lambda: f64| json!({ "x": [[0.0], [1.0], [2.0]], "y": [1.0, 2.0, 6.0], "penalty": lambda });
    vec![
        Case::hand(hand(2.0)),
        Case::hand(
            json!({ "x": [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]], "y": [4.0, 0.0, 2.0], "penalty": 1.0 }),
        ),
        Case::drawn(drawn(8, 2, 1.0, 0.0)),
        Case::drawn(drawn(12, 4, 5.0, 1.0)),
        Case::drawn(drawn(6, 3, 0.3, -2.0)),
        Case::edge("no-penalty", drawn(7, 2, 0.0, 1.0)),
        Case::edge("wide", drawn(3, 5, 1.0, 1.0)),
        Case::edge("huge-penalty", drawn(6, 2, 1e6, 2.0)),
        Case::edge(
            "equal-columns",
            json!({
                "x": [[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]], "y": [1.0, 3.0, 2.0], "penalty": 0.5,
            }),
        ),
    ]
}
