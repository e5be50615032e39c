//! The loss of a classifier, and its gradient with respect to the logits.

use concepts::numerics::softmax::log_softmax;
use concepts::numerics::tolerance::DIFFERENCE_STEP;
use concepts::numerics::{central_difference, rng};
use ndarray::Array2;
use rand::Rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "cross-entropy",
    words: &WORDS,
    section: "8",
    takes: &[Field::new("logits", Form::Matrix, "n × V"), Field::new("targets", Form::Wholes, "n")],
    gives: &[Field::new("loss", Form::Number, ""), Field::new("grad", Form::Matrix, "n × V")],
    solve,
    right,
    flaws: &[
        Flaw::new("grad-not-averaged"),
        Flaw::new("loss-summed"),
        Flaw::new("grad-without-target"),
        Flaw::new("grad-turned"),
        Flaw::new("softmax-twice"),
        Flaw::new("over-entries"),
        Flaw::new("base-two"),
        Flaw::at("no-shift", "attention 6"),
    ],
    cases,
    twin: Twin::Library("concepts::numerics::softmax::log_softmax"),
    follow_ups: ["perplexity", "softmax"],
};

fn answer(loss: f64, grad: &Array2<f64>) -> Value {
    value::named([("loss", value::number(loss)), ("grad", value::matrix(grad))])
}

/// The gradient by trying: nothing here knows of p − y.
fn right(given: &Given) -> Value {
    let (logits, targets) = (given.matrix("logits"), given.wholes("targets"));
    let loss = |logits: &Array2<f64>| {
        let each = targets.iter().enumerate().map(|(i, &target)| -log_softmax(logits.row(i))[target]);
        each.sum::<f64>() / targets.len() as f64
    };
    answer(loss(&logits), &central_difference(loss, &logits, DIFFERENCE_STEP))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (logits, targets) = (given.matrix("logits"), given.wholes("targets"));
    let n = targets.len() as f64;
    let (mut loss, mut grad) = (0.0, Array2::zeros(logits.dim()));
    let mut probs = Vec::new();
    for (i, &target) in targets.iter().enumerate() {
        let mut row = logits.row(i).to_vec();
        if flaws.has("softmax-twice") {
            row = softmax(&row, flaws).0;
        }
        let (p, log_sum) = softmax(&row, flaws);
        loss += log_sum - row[target];
        for (j, p) in p.iter().enumerate() {
            let y = f64::from(j == target && !flaws.has("grad-without-target"));
            grad[[i, j]] = if flaws.has("grad-turned") { y - p } else { p - y };
        }
        probs.push(p);
    }
    if !flaws.has("loss-summed") {
        loss /= n;
    }
    if !flaws.has("grad-not-averaged") {
        grad /= n;
    }
    if flaws.has("over-entries") {
        loss /= logits.ncols() as f64;
        grad /= logits.ncols() as f64;
    }
    if flaws.has("base-two") {
        loss /= std::f64::consts::LN_2;
    }
    let mut out = answer(loss, &grad);
    if flaws.has("no-shift") && !loss.is_finite() {
        // ∞ by the logarithm of the sum, NaN by that of the quotient.
        out["loss"] = json!(value::NO_NUMBER);
    }
    Solution::new(out).step("probs", json!(probs))
}

/// Probabilities, and the logarithm of the sum of the exponentials.
fn softmax(row: &[f64], flaws: &Flaws) -> (Vec<f64>, f64) {
    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shift = if flaws.has("no-shift") { 0.0 } else { most };
    let weights: Vec<f64> = row.iter().map(|x| (x - shift).exp()).collect();
    let sum: f64 = weights.iter().sum();
    (weights.iter().map(|w| w / sum).collect(), shift + sum.ln())
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise cross-entropy");
    let of = |logits: Value, targets: &[usize]| json!({ "logits": logits, "targets": targets });
    let mut drawn = |n: usize, v: usize, spread: f64| {
        let rows: Vec<Vec<f64>> = (0..n).map(|_| draw::logits(v, spread, &mut rng)).collect();
        let targets: Vec<usize> = (0..n).map(|_| rng.random_range(0..v)).collect();
        of(json!(rows), &targets)
    };
    vec![
        Case::hand(of(json!([[0.0, 0.0], [0.0, 0.0]]), &[0, 1])),
        Case::hand(of(json!([[1.0, 2.0, 3.0]]), &[2])),
        Case::drawn(drawn(3, 4, 2.0)),
        Case::drawn(drawn(6, 5, 1.0)),
        Case::edge("one-token", drawn(1, 3, 2.0)),
        Case::edge("ties", of(json!([[2.0, 2.0, 2.0], [-1.0, -1.0, -1.0]]), &[1, 1])),
        Case::edge("huge-scores", of(json!([[10_000.0, 9_999.0], [9_990.0, 10_000.0]]), &[0, 0])),
        Case::edge("huge-negative", of(json!([[-10_000.0, -9_999.0, -10_001.0]]), &[2])),
    ]
}
