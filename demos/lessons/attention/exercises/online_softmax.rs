//! Softmax times values, block by block, in one pass.

use concepts::attention::OnlineSoftmax;
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "online-softmax",
    words: &WORDS,
    section: "12",
    takes: &[
        Field::new("scores", Form::Numbers, "n"),
        Field::new("values", Form::Matrix, "n × d"),
        Field::new("block", Form::Whole, ""),
    ],
    gives: &[Field::new("out", Form::Numbers, "d")],
    solve,
    right,
    flaws: &[
        Flaw::of("sum-not-shrunk", "C12"),
        Flaw::of("output-not-shrunk", "C12"),
        Flaw::new("divide-each-block"),
        Flaw::new("last-block-lost"),
        Flaw::new("no-division"),
        Flaw::new("empty-block"),
        Flaw::new("nothing-seen"),
    ],
    cases,
    twin: Twin::Whiteboard("online_softmax"),
    follow_ups: ["attention", "softmax"],
};

fn right(given: &Given) -> Value {
    let (scores, values) = (given.numbers("scores"), given.matrix("values"));
    let mut whole = OnlineSoftmax::new(values.ncols());
    whole.push(scores.as_slice().into(), values.view());
    value::numbers(whole.finish())
}

/// What was seen so far: the largest score, the sum of the weights, the weighted sum of the values.
struct Seen {
    max: f64,
    sum: f64,
    out: Vec<f64>,
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (scores, values, block) = (given.numbers("scores"), given.matrix("values"), given.whole("block"));
    let mut seen = Seen { max: f64::NEG_INFINITY, sum: 0.0, out: vec![0.0; values.ncols()] };
    let upto = if flaws.has("last-block-lost") { scores.len() / block * block } else { scores.len() };
    let mut sums = Vec::new();
    for start in (0..upto).step_by(block) {
        let rows = start..(start + block).min(upto);
        push(&mut seen, &scores[rows.clone()], rows.map(|i| values.row(i).to_vec()).collect(), flaws);
        sums.push(seen.sum);
    }
    let divide = !flaws.has("no-division") && !flaws.has("divide-each-block");
    let divide = divide && (seen.sum != 0.0 || flaws.has("nothing-seen"));
    let out = seen.out.iter().map(|o| if divide { o / seen.sum } else { *o });
    Solution::new(value::numbers(out)).step("sums", value::numbers(sums))
}

fn push(seen: &mut Seen, scores: &[f64], values: Vec<Vec<f64>>, flaws: &Flaws) {
    let max = scores.iter().copied().fold(seen.max, f64::max);
    if max == f64::NEG_INFINITY && !flaws.has("empty-block") {
        return; // nothing to be seen yet: −∞ − (−∞) would be NaN
    }
    let shrink = (seen.max - max).exp();
    seen.sum *= if flaws.has("sum-not-shrunk") { 1.0 } else { shrink };
    let shrink = if flaws.has("output-not-shrunk") { 1.0 } else { shrink };
    seen.out.iter_mut().for_each(|o| *o *= shrink);
    for (score, value) in scores.iter().zip(&values) {
        let weight = (score - max).exp();
        seen.sum += weight;
        seen.out.iter_mut().zip(value).for_each(|(o, v)| *o += weight * v);
    }
    if flaws.has("divide-each-block") {
        // The mean of a block in place of a sum to be divided at the end.
        let sum = seen.sum;
        seen.out.iter_mut().for_each(|o| *o /= sum);
    }
    seen.max = max;
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({ "scores": [0.0, 1.0, 2.0], "values": [[1.0], [2.0], [4.0]], "block": 2 });
    let mut rng = rng(seed, "exercise online softmax");
    let mut drawn = |n: usize, d: usize, block: usize, spread: f64, hidden: &[usize]| -> Value {
        let mut scores = normal((1, n), spread, &mut rng);
        hidden.iter().for_each(|&i| scores[[0, i]] = f64::NEG_INFINITY);
        let values: Array2<f64> = normal((n, d), 1.0, &mut rng);
        json!({
            "scores": value::numbers(scores), "values": value::matrix(&values), "block": block,
        })
    };
    vec![
        Case::hand(hand),
        Case::drawn(drawn(8, 2, 2, 1.0, &[])),
        Case::drawn(drawn(10, 3, 4, 2.0, &[])),
        Case::drawn(drawn(6, 2, 1, 1.0, &[])),
        Case::edge("one-token", drawn(1, 2, 4, 1.0, &[])),
        Case::edge("huge-scores", drawn(9, 2, 4, 1e4, &[])),
        Case::edge("hidden", drawn(8, 2, 2, 1.0, &[0, 1, 5])),
        Case::edge("blind-row", drawn(4, 2, 2, 1.0, &[0, 1, 2, 3])),
    ]
}
