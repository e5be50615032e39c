//! The gradient of layer normalisation.

use concepts::architecture::LayerNorm;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2, Axis};
use serde_json::json;

use super::{WORDS, scaled};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "layer-norm-backward",
    words: &WORDS,
    section: "attention 9",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("gain", Form::Numbers, "d"),
        Field::new("g", Form::Matrix, "n × d"),
        Field::new("epsilon", Form::Number, ""),
    ],
    gives: &[
        Field::new("dx", Form::Matrix, "n × d"),
        Field::new("dgain", Form::Numbers, "d"),
        Field::new("dbias", Form::Numbers, "d"),
    ],
    solve,
    right,
    flaws: &[
        Flaw::new("mean-constant"),
        Flaw::new("spread-constant"),
        Flaw::new("all-constant"),
        Flaw::new("gain-forgotten"),
        Flaw::new("sample-variance"),
        Flaw::new("gain-from-x"),
        Flaw::new("mean-over-tokens"),
        Flaw::new("epsilon-outside"),
        Flaw::new("epsilon-fixed"),
        Flaw::new("over-features"),
    ],
    cases,
    twin: Twin::Library("concepts::architecture::LayerNorm::backward"),
    follow_ups: ["rms-norm", "attention-backward"],
};

fn right(given: &Given) -> Value {
    let gain = Array1::from(given.numbers("gain"));
    let norm = LayerNorm::from_weights(gain.clone(), Array1::zeros(gain.len())).expect("the cases fit");
    let (s, x) = scaled(given, LayerNorm::EPSILON);
    let grads = norm.backward(x.view(), given.matrix("g").view()).expect("the cases fit");
    named(&(grads.x * s), &grads.gain, &grads.bias)
}

fn named(dx: &Array2<f64>, dgain: &Array1<f64>, dbias: &Array1<f64>) -> Value {
    let [dgain, dbias] = [dgain, dbias].map(|d| value::numbers(d.iter().copied()));
    value::named([("dx", value::matrix(dx)), ("dgain", dgain), ("dbias", dbias)])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [x, g] = ["x", "g"].map(|name| given.matrix(name));
    let gain = given.numbers("gain");
    let (n, d) = x.dim();
    let mut normed = Array2::zeros((n, d));
    let mut dx = Array2::zeros((n, d));
    for i in 0..n {
        let mean = x.row(i).sum() / d as f64;
        // A single feature has no sample variance: 0/0.
        let divisor = if flaws.has("sample-variance") { d - 1 } else { d } as f64;
        let variance = x.row(i).iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / divisor;
        let epsilon = if flaws.has("epsilon-fixed") { LayerNorm::EPSILON } else { given.number("epsilon") };
        let spread = if flaws.has("epsilon-outside") {
            variance.sqrt() + epsilon
        } else {
            (variance + epsilon).sqrt()
        };
        let hat: Vec<f64> = x.row(i).iter().map(|x| (x - mean) / spread).collect();
        let weighted = |j: usize| g[[i, j]] * if flaws.has("gain-forgotten") { 1.0 } else { gain[j] };
        let first = (0..d).map(weighted).sum::<f64>() / d as f64;
        let second = (0..d).map(|j| weighted(j) * hat[j]).sum::<f64>() / d as f64;
        let all = flaws.has("all-constant");
        let first = if all || flaws.has("mean-constant") { 0.0 } else { first };
        let second = if all || flaws.has("spread-constant") { 0.0 } else { second };
        for j in 0..d {
            normed[[i, j]] = hat[j];
            dx[[i, j]] = (weighted(j) - first - hat[j] * second) / spread;
        }
    }
    let seen = if flaws.has("gain-from-x") { &x } else { &normed };
    let axis = Axis(usize::from(flaws.has("over-features")));
    let parts = if flaws.has("mean-over-tokens") { n as f64 } else { 1.0 };
    let (dgain, dbias) = ((&g * seen).sum_axis(axis) / parts, g.sum_axis(axis) / parts);
    Solution::new(named(&dx, &dgain, &dbias)).step("normed", value::matrix(&normed))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |x: Value, gain: Value, g: Value| json!({ "x": x, "gain": gain, "g": g, "epsilon": LayerNorm::EPSILON });
    let mut rng = rng(seed, "exercise layer norm backward");
    let mut drawn = |n: usize, d: usize, size: f64| {
        let gain = value::numbers(normal((1, d), 0.5, &mut rng) + 1.0);
        let [x, g] = [size, 1.0].map(|size| value::matrix(&normal((n, d), size, &mut rng)));
        of(x, gain, g)
    };
    let mut flat = drawn(2, 3, 1.0);
    flat["x"] = json!([[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]]);
    let mut large = drawn(2, 4, 1.0);
    large["epsilon"] = json!(0.5);
    vec![
        Case::hand(of(json!([[1.0, 3.0]]), json!([1.0, 1.0]), json!([[1.0, 0.0]]))),
        Case::hand(of(json!([[-1.0, 0.0, 1.0]]), json!([1.0, 2.0, 1.0]), json!([[0.0, 1.0, 0.0]]))),
        Case::drawn(drawn(2, 4, 1.0)),
        Case::drawn(drawn(5, 3, 2.0)),
        Case::drawn(drawn(3, 8, 1.0)),
        Case::edge("one-token", drawn(1, 4, 1.0)),
        Case::edge("one-feature", drawn(3, 1, 1.0)),
        Case::edge("tiny-inputs", drawn(2, 4, 3e-3)),
        Case::edge("flat-row", flat),
        Case::edge("large-epsilon", large),
    ]
}
