//! Layer normalisation.

use concepts::architecture::LayerNorm;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2};
use serde_json::json;

use super::{WORDS, scaled};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "layer-norm",
    words: &WORDS,
    section: "attention 9",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("gain", Form::Numbers, "d"),
        Field::new("bias", Form::Numbers, "d"),
        Field::new("epsilon", Form::Number, ""),
    ],
    gives: &[Field::new("y", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::new("mean-kept"),
        Flaw::new("spread-about-zero"),
        Flaw::new("sample-variance"),
        Flaw::new("no-root"),
        Flaw::new("no-epsilon"),
        Flaw::new("epsilon-outside"),
        Flaw::new("epsilon-fixed"),
        Flaw::new("no-gain"),
        Flaw::new("no-bias"),
        Flaw::new("bias-first"),
        Flaw::new("over-tokens"),
        Flaw::new("over-everything"),
    ],
    cases,
    twin: Twin::Library("concepts::architecture::LayerNorm::forward"),
    follow_ups: ["layer-norm-backward", "rms-norm"],
};

fn right(given: &Given) -> Value {
    let [gain, bias] = ["gain", "bias"].map(|name| Array1::from(given.numbers(name)));
    let norm = LayerNorm::from_weights(gain, bias).expect("the cases fit");
    value::matrix(&norm.forward(scaled(given, LayerNorm::EPSILON).1.view()).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let x = given.matrix("x");
    let epsilon = if flaws.has("epsilon-fixed") { LayerNorm::EPSILON } else { given.number("epsilon") };
    let [mut gain, mut bias] = ["gain", "bias"].map(|name| Array1::from(given.numbers(name)));
    let together = |i: usize, j: usize| {
        if flaws.has("over-everything") {
            x.iter().copied().collect()
        } else if flaws.has("over-tokens") {
            x.column(j).to_vec()
        } else {
            x.row(i).to_vec()
        }
    };
    let normed = Array2::from_shape_fn(x.dim(), |(i, j)| normed(x[[i, j]], &together(i, j), epsilon, flaws));
    if flaws.has("no-gain") {
        gain.fill(1.0);
    }
    if flaws.has("no-bias") {
        bias.fill(0.0);
    }
    let y = if flaws.has("bias-first") { (&normed + &bias) * &gain } else { &normed * &gain + &bias };
    Solution::new(value::matrix(&y)).step("normed", value::matrix(&normed))
}

/// A number, normalised by those that stand together with it.
fn normed(x: f64, together: &[f64], epsilon: f64, flaws: &Flaws) -> f64 {
    let count = together.len();
    let mean = together.iter().sum::<f64>() / count as f64;
    let about = if flaws.has("mean-kept") || flaws.has("spread-about-zero") { 0.0 } else { mean };
    let squares = together.iter().map(|x| (x - about) * (x - about)).sum::<f64>();
    // A single number has no sample variance: 0/0.
    let divisor = if flaws.has("sample-variance") { count - 1 } else { count };
    let variance = squares / divisor as f64;
    let spread = if flaws.has("no-root") {
        variance + epsilon
    } else if flaws.has("no-epsilon") {
        variance.sqrt()
    } else if flaws.has("epsilon-outside") {
        variance.sqrt() + epsilon
    } else {
        (variance + epsilon).sqrt()
    };
    (x - if flaws.has("mean-kept") { 0.0 } else { mean }) / spread
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |x: Value, gain: Value, bias: Value| json!({ "x": x, "gain": gain, "bias": bias, "epsilon": LayerNorm::EPSILON });
    let mut rng = rng(seed, "exercise layer norm");
    let mut drawn = |n: usize, d: usize, size: f64| {
        let gain = value::numbers(normal((1, d), 0.5, &mut rng) + 1.0);
        let bias = value::numbers(normal((1, d), 0.5, &mut rng));
        of(value::matrix(&(normal((n, d), size, &mut rng) + size)), gain, bias)
    };
    let mut flat = drawn(2, 3, 1.0);
    flat["x"] = json!([[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]]);
    let mut large = drawn(2, 4, 1.0);
    large["epsilon"] = json!(0.5);
    vec![
        Case::hand(of(json!([[1.0, 3.0]]), json!([1.0, 1.0]), json!([0.0, 0.0]))),
        Case::hand(of(json!([[-1.0, 0.0, 1.0]]), json!([1.0, 2.0, 1.0]), json!([0.0, 1.0, 0.5]))),
        Case::drawn(drawn(2, 4, 1.0)),
        Case::drawn(drawn(5, 3, 2.0)),
        Case::drawn(drawn(3, 8, 1.0)),
        Case::edge("one-token", drawn(1, 4, 1.0)),
        Case::edge("one-feature", drawn(3, 1, 1.0)),
        Case::edge("tiny-inputs", drawn(2, 4, 3e-3)),
        Case::edge("huge-inputs", drawn(2, 4, 1e3)),
        Case::edge("flat-row", flat),
        Case::edge("large-epsilon", large),
    ]
}
