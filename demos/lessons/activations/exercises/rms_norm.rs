//! Root mean square normalisation.

use concepts::numerics::{normal, rms_normalise, rng};
use ndarray::{Array1, Array2, Axis};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "rms-norm",
    words: &WORDS,
    section: "attention 9",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("gain", Form::Numbers, "d"),
        Field::new("epsilon", Form::Number, ""),
    ],
    gives: &[Field::new("y", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::new("mean-subtracted"),
        Flaw::new("sum-of-squares"),
        Flaw::new("no-epsilon"),
        Flaw::new("epsilon-outside"),
        Flaw::new("epsilon-fixed"),
        Flaw::new("no-gain"),
        Flaw::new("gain-plus-one"),
        Flaw::new("no-root"),
        Flaw::new("over-tokens"),
        Flaw::new("mean-of-sizes"),
    ],
    cases,
    twin: Twin::Library("concepts::architecture::RmsNorm"),
    follow_ups: ["rms-norm-backward", "layer-norm"],
};

/// What LLaMA adds.
const USUAL: f64 = 1e-6;

fn right(given: &Given) -> Value {
    let y = rms_normalise(&given.matrix("x"), given.number("epsilon"));
    value::matrix(&(y * &Array1::from(given.numbers("gain"))))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let mut x = given.matrix("x");
    let epsilon = if flaws.has("epsilon-fixed") { USUAL } else { given.number("epsilon") };
    if flaws.has("mean-subtracted") {
        let mean = x.mean_axis(Axis(1)).expect("d is not 0").insert_axis(Axis(1));
        x -= &mean;
    }
    let rows = if flaws.has("over-tokens") { x.t().to_owned() } else { x.clone() };
    let root: Vec<f64> = rows.rows().into_iter().map(|row| size(&row.to_vec(), epsilon, flaws)).collect();
    let divided = Array2::from_shape_fn(x.dim(), |(i, j)| {
        x[[i, j]] / root[if flaws.has("over-tokens") { j } else { i }]
    });
    let mut gain = Array1::from(given.numbers("gain"));
    if flaws.has("no-gain") {
        gain.fill(1.0);
    } else if flaws.has("gain-plus-one") {
        gain += 1.0;
    }
    Solution::new(value::matrix(&(&divided * &gain)))
        .step("root", value::numbers(root))
        .step("divided", value::matrix(&divided))
}

fn size(row: &[f64], epsilon: f64, flaws: &Flaws) -> f64 {
    let sum: f64 = row.iter().map(|x| x * x).sum();
    let mean = if flaws.has("sum-of-squares") { sum } else { sum / row.len() as f64 };
    if flaws.has("mean-of-sizes") {
        row.iter().map(|x| x.abs()).sum::<f64>() / row.len() as f64 + epsilon
    } else if flaws.has("no-epsilon") {
        mean.sqrt()
    } else if flaws.has("epsilon-outside") {
        mean.sqrt() + epsilon
    } else if flaws.has("no-root") {
        mean + epsilon
    } else {
        (mean + epsilon).sqrt()
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({ "x": [[3.0, -3.0], [1.0, 7.0]], "gain": [1.0, 2.0], "epsilon": 0.0 });
    let one = json!({ "x": [[2.0, 2.0, 2.0]], "gain": [1.0, 1.0, 1.0], "epsilon": 0.0 });
    let mut rng = rng(seed, "exercise rms norm");
    let mut drawn = |n: usize, d: usize, size: f64| {
        let gain = value::numbers(normal((1, d), 0.5, &mut rng) + 1.0);
        json!({ "x": value::matrix(&normal((n, d), size, &mut rng)), "gain": gain, "epsilon": USUAL })
    };
    let mut zeros = drawn(2, 3, 1.0);
    zeros["x"] = json!([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]);
    let mut large = drawn(2, 4, 1.0);
    large["epsilon"] = json!(0.5);
    vec![
        Case::hand(hand),
        Case::hand(one),
        Case::drawn(drawn(2, 4, 1.0)),
        Case::drawn(drawn(3, 7, 2.0)),
        Case::drawn(drawn(4, 4, 1.0)),
        Case::edge("one-feature", drawn(3, 1, 1.0)),
        Case::edge("tiny-inputs", drawn(2, 4, 1e-3)),
        Case::edge("huge-inputs", drawn(2, 4, 1e4)),
        Case::edge("zeros", zeros),
        Case::edge("large-epsilon", large),
    ]
}
