//! The gradient of root mean square normalisation.

use concepts::architecture::RmsNorm;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2, Axis};
use serde_json::json;

use super::{WORDS, scaled};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "rms-norm-backward",
    words: &WORDS,
    section: "attention 9",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("gain", Form::Numbers, "d"),
        Field::new("g", Form::Matrix, "n × d"),
        Field::new("epsilon", Form::Number, ""),
    ],
    gives: &[Field::new("dx", Form::Matrix, "n × d"), Field::new("dgain", Form::Numbers, "d")],
    solve,
    right,
    flaws: &[
        Flaw::new("root-constant"),
        Flaw::new("mean-subtracted"),
        Flaw::new("gain-forgotten"),
        Flaw::new("not-divided"),
        Flaw::new("sum-for-mean"),
        Flaw::new("token-for-normed"),
        Flaw::new("gain-from-x"),
        Flaw::new("mean-over-tokens"),
        Flaw::new("over-features"),
        Flaw::new("epsilon-outside"),
        Flaw::new("epsilon-fixed"),
        Flaw::new("no-epsilon"),
    ],
    cases,
    twin: Twin::Library("concepts::architecture::RmsNorm::backward"),
    follow_ups: ["layer-norm-backward", "swiglu-backward"],
};

fn right(given: &Given) -> Value {
    let norm = RmsNorm::from_weights(Array1::from(given.numbers("gain"))).expect("the cases fit");
    let (s, x) = scaled(given, RmsNorm::EPSILON);
    let grads = norm.backward(x.view(), given.matrix("g").view()).expect("the cases fit");
    named(&(grads.x * s), &grads.gain)
}

fn named(dx: &Array2<f64>, dgain: &Array1<f64>) -> Value {
    value::named([("dx", value::matrix(dx)), ("dgain", value::numbers(dgain.iter().copied()))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [x, g] = ["x", "g"].map(|name| given.matrix(name));
    let gain = Array1::from(given.numbers("gain"));
    let epsilon = if flaws.has("epsilon-fixed") { RmsNorm::EPSILON } else { given.number("epsilon") };
    let root: Vec<f64> = x.outer_iter().map(|row| root(&row.to_vec(), epsilon, flaws)).collect();
    let (n, d) = x.dim();
    let normed = Array2::from_shape_fn((n, d), |(i, j)| x[[i, j]] / root[i]);
    let weighted = if flaws.has("gain-forgotten") { g.clone() } else { &g * &gain };
    let mut dx = Array2::zeros((n, d));
    for i in 0..n {
        let along = weighted.row(i).dot(&normed.row(i));
        let along = match () {
            () if flaws.has("root-constant") => 0.0,
            () if flaws.has("sum-for-mean") => along,
            () => along / d as f64,
        };
        let mean = if flaws.has("mean-subtracted") { weighted.row(i).sum() / d as f64 } else { 0.0 };
        let direction = if flaws.has("token-for-normed") { x.row(i) } else { normed.row(i) };
        let below = if flaws.has("not-divided") { 1.0 } else { root[i] };
        let row = (&weighted.row(i) - mean - &direction * along) / below;
        dx.row_mut(i).assign(&row);
    }
    let seen = if flaws.has("gain-from-x") { &x } else { &normed };
    let parts = if flaws.has("mean-over-tokens") { n as f64 } else { 1.0 };
    let dgain = (&g * seen).sum_axis(Axis(usize::from(flaws.has("over-features")))) / parts;
    Solution::new(named(&dx, &dgain))
        .step("root", value::numbers(root))
        .step("normed", value::matrix(&normed))
}

fn root(row: &[f64], epsilon: f64, flaws: &Flaws) -> f64 {
    let mean = row.iter().map(|x| x * x).sum::<f64>() / row.len() as f64;
    if flaws.has("epsilon-outside") {
        mean.sqrt() + epsilon
    } else if flaws.has("no-epsilon") {
        mean.sqrt()
    } else {
        (mean + epsilon).sqrt()
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |x: Value, gain: Value, g: Value| json!({ "x": x, "gain": gain, "g": g, "epsilon": RmsNorm::EPSILON });
    let mut rng = rng(seed, "exercise rms norm backward");
    let mut drawn = |n: usize, d: usize, size: f64| {
        let gain = value::numbers(normal((1, d), 0.5, &mut rng) + 1.0);
        let [x, g] = [size, 1.0].map(|size| value::matrix(&normal((n, d), size, &mut rng)));
        of(x, gain, g)
    };
    let mut zeros = drawn(2, 3, 1.0);
    zeros["x"] = json!([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]);
    let mut large = drawn(2, 4, 1.0);
    large["epsilon"] = json!(0.5);
    vec![
        Case::hand(of(json!([[3.0, -3.0]]), json!([1.0, 1.0]), json!([[1.0, 0.0]]))),
        Case::hand(of(json!([[1.0, 7.0]]), json!([1.0, 2.0]), json!([[0.0, 1.0]]))),
        Case::drawn(drawn(2, 4, 1.0)),
        Case::drawn(drawn(5, 3, 2.0)),
        Case::drawn(drawn(3, 8, 1.0)),
        Case::edge("one-token", drawn(1, 4, 1.0)),
        Case::edge("one-feature", drawn(3, 1, 1.0)),
        Case::edge("tiny-inputs", drawn(2, 4, 1e-3)),
        Case::edge("zeros", zeros),
        Case::edge("large-epsilon", large),
    ]
}
