//! Which proposed tokens the target accepts, and what the next one is drawn from.

use concepts::decoding::{Candidates, is_accepted, residual};
use concepts::numerics::rng;
use ndarray::ArrayView1;
use rand::Rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "speculative-acceptance",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("target", Form::Matrix, "(γ + 1) × V"),
        Field::new("draft", Form::Matrix, "γ × V"),
        Field::new("proposed", Form::Wholes, "γ"),
        Field::new("uniform", Form::Numbers, "γ"),
    ],
    gives: &[Field::new("accepted", Form::Wholes, "a ≤ γ"), Field::new("then", Form::Numbers, "V")],
    solve,
    right,
    flaws: &[
        Flaw::new("ratio-turned"),
        Flaw::new("no-chance"),
        Flaw::new("without-draft"),
        Flaw::new("goes-on"),
        Flaw::new("target-again"),
        Flaw::new("residual-turned"),
        Flaw::new("residual-absolute"),
        Flaw::new("not-renormalised"),
        Flaw::new("no-bonus"),
    ],
    cases,
    twin: Twin::Whiteboard("speculative"),
    follow_ups: ["top-p", "temperature"],
};

fn answer(accepted: &[usize], then: Value) -> Value {
    value::named([("accepted", json!(accepted)), ("then", then)])
}

fn right(given: &Given) -> Value {
    let (target, draft) = (given.matrix("target"), given.matrix("draft"));
    let of = |row: ArrayView1<f64>| Candidates::from_probabilities(&row.to_vec()).expect("probabilities");
    let (proposed, uniform) = (given.wholes("proposed"), given.numbers("uniform"));
    for (i, (&token, &u)) in proposed.iter().zip(&uniform).enumerate() {
        let (p, q) = (of(target.row(i)), of(draft.row(i)));
        if !is_accepted(&p, &q, token as u32, u) {
            return answer(&proposed[..i], draw::dense(&residual(&p, &q), target.ncols()));
        }
    }
    answer(&proposed, draw::dense(&of(target.row(proposed.len())), target.ncols()))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (target, draft) = (given.matrix("target"), given.matrix("draft"));
    let (proposed, uniform) = (given.wholes("proposed"), given.numbers("uniform"));
    let (mut accepted, mut rejected) = (Vec::new(), None);
    for (i, (&token, &u)) in proposed.iter().zip(&uniform).enumerate() {
        let (p, q) = (target[[i, token]], draft[[i, token]]);
        let taken = if flaws.has("no-chance") {
            p >= q
        } else if flaws.has("ratio-turned") {
            u * p < q
        } else if flaws.has("without-draft") {
            u < p
        } else {
            u * q < p
        };
        if taken {
            accepted.push(token);
        } else {
            rejected = Some(i); // who goes on keeps the last one
            if !flaws.has("goes-on") {
                break;
            }
        }
    }
    let last = proposed.len();
    let then = match rejected {
        Some(i) => after_rejection(target.row(i), draft.row(i), flaws),
        None if flaws.has("no-bonus") => target.row(last - 1).to_vec(),
        None => target.row(last).to_vec(),
    };
    Solution::new(answer(&accepted, value::numbers(then)))
}

fn after_rejection(p: ArrayView1<f64>, q: ArrayView1<f64>, flaws: &Flaws) -> Vec<f64> {
    if flaws.has("target-again") {
        return p.to_vec();
    }
    let above = |(p, q): (&f64, &f64)| {
        let difference = if flaws.has("residual-turned") { q - p } else { p - q };
        if flaws.has("residual-absolute") { difference.abs() } else { difference.max(0.0) }
    };
    let above: Vec<f64> = p.iter().zip(&q).map(above).collect();
    let sum: f64 = if flaws.has("not-renormalised") { 1.0 } else { above.iter().sum() };
    above.into_iter().map(|x| x / sum).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise speculative acceptance");
    let of = |target: Value, draft: Value, proposed: &[usize], uniform: &[f64]| json!({ "target": target, "draft": draft, "proposed": proposed, "uniform": uniform });
    let mut drawn = |gamma: usize, v: usize, low: f64, high: f64| {
        let mut rows =
            |n: usize| -> Vec<Vec<f64>> { (0..n).map(|_| draw::probs(v, 1.5, &mut rng)).collect() };
        let (target, draft) = (rows(gamma + 1), rows(gamma));
        let proposed: Vec<usize> = (0..gamma).map(|_| rng.random_range(0..v)).collect();
        let uniform: Vec<f64> = (0..gamma).map(|_| rng.random_range(low..high)).collect();
        of(json!(target), json!(draft), &proposed, &uniform)
    };
    let (even, steep) = (json!([0.5, 0.25, 0.25]), json!([0.125, 0.375, 0.5]));
    vec![
        Case::hand(of(json!([even, even]), json!([[0.25, 0.5, 0.25]]), &[1], &[0.75])),
        Case::hand(of(json!([even, steep, even]), json!([[0.25, 0.5, 0.25], even]), &[1, 0], &[0.3, 0.5])),
        Case::hand(of(json!([steep, even]), json!([even]), &[0], &[0.2])),
        Case::drawn(drawn(3, 4, 0.0, 1.0)),
        Case::drawn(drawn(4, 6, 0.0, 0.6)),
        Case::drawn(drawn(4, 5, 0.3, 1.0)),
        Case::edge("all-accepted", drawn(3, 4, 0.0, 1e-3)),
        Case::edge(
            "first-rejected",
            of(json!([steep, even, steep]), json!([even, steep]), &[0, 2], &[0.9, 0.1]),
        ),
        Case::edge("same-model", of(json!([even, steep, even]), json!([even, steep]), &[0, 1], &[0.99, 0.7])),
    ]
}
