//! How well a model predicts a text.

use concepts::language_model::Score;
use concepts::numerics::rng;
use concepts::numerics::softmax::log_softmax;
use rand::Rng;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "perplexity",
    words: &WORDS,
    section: "8",
    takes: &[
        Field::new("logits", Form::Matrix, "n × V"),
        Field::new("targets", Form::Wholes, "n"),
        Field::new("counts", Form::Wholes, "n"),
    ],
    gives: &[Field::new("perplexity", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("padding-counted"),
        Flaw::new("divides-by-all"),
        Flaw::new("sum"),
        Flaw::new("base-two"),
        Flaw::new("mean-of-each"),
        Flaw::new("mean-probability"),
        Flaw::new("sign"),
        Flaw::at("no-shift", "attention 6"),
    ],
    cases,
    twin: Twin::Library("concepts::language_model::Score"),
    follow_ups: ["cross-entropy", "softmax"],
};

fn right(given: &Given) -> Value {
    let (logits, targets) = (given.matrix("logits"), given.wholes("targets"));
    let score = targets.iter().zip(given.wholes("counts")).enumerate().fold(
        Score::default(),
        |sum, (i, (&target, counts))| {
            let log_probability = log_softmax(logits.row(i))[target];
            if counts == 1 { sum.and(Score { log_probability, tokens: 1 }) } else { sum }
        },
    );
    value::number(score.perplexity())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (logits, targets) = (given.matrix("logits"), given.wholes("targets"));
    let counts = given.wholes("counts");
    let mut log_probs = Vec::new();
    for (i, &target) in targets.iter().enumerate() {
        let row = logits.row(i);
        let best = if flaws.has("no-shift") { 0.0 } else { row.fold(f64::NEG_INFINITY, |m, &x| m.max(x)) };
        let sum: f64 = row.iter().map(|x| (x - best).exp()).sum();
        if counts[i] == 1 || flaws.has("padding-counted") {
            log_probs.push(row[target] - best - sum.ln());
        }
    }
    let n = if flaws.has("divides-by-all") { targets.len() } else { log_probs.len() } as f64;
    let mean = |of: &dyn Fn(f64) -> f64| log_probs.iter().map(|&l| of(l)).sum::<f64>() / n;
    let surprise = -mean(&|l| l);
    let perplexity = if flaws.has("sum") {
        (surprise * n).exp()
    } else if flaws.has("base-two") {
        surprise.exp2()
    } else if flaws.has("mean-of-each") {
        mean(&|l| (-l).exp())
    } else if flaws.has("mean-probability") {
        1.0 / mean(&f64::exp)
    } else if flaws.has("sign") {
        (-surprise).exp()
    } else {
        surprise.exp()
    };
    Solution::new(value::number(perplexity)).step("log_probs", value::numbers(log_probs.iter().copied()))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise perplexity");
    let of = |logits: Value, targets: &[usize], counts: &[usize]| json!({ "logits": logits, "targets": targets, "counts": counts });
    let mut drawn = |n: usize, v: usize, padding: usize| {
        let rows: Vec<Vec<f64>> = (0..n).map(|_| draw::logits(v, 2.0, &mut rng)).collect();
        let targets: Vec<usize> = (0..n).map(|_| rng.random_range(0..v)).collect();
        let counts: Vec<usize> = (0..n).map(|i| usize::from(i + padding < n)).collect();
        of(json!(rows), &targets, &counts)
    };
    let huge = json!([[10_000.0, 9_999.0], [-10_000.0, -10_001.0], [9_999.0, 10_000.0]]);
    vec![
        Case::hand(of(json!([[0.0, 0.0], [1.0, 1.0]]), &[0, 1], &[1, 1])),
        Case::hand(of(json!([[0.0, 0.0, 0.0, 0.0], [2.0, 0.0, 1.0, 0.0]]), &[3, 0], &[1, 0])),
        Case::drawn(drawn(5, 4, 0)),
        Case::drawn(drawn(8, 6, 3)),
        Case::edge("one-token", drawn(1, 5, 0)),
        Case::edge("padding", drawn(6, 3, 5)),
        Case::edge("huge-scores", of(huge, &[0, 1, 0], &[1, 1, 1])),
        Case::edge("impossible", of(json!([[0.0, "-inf"], [0.0, 0.0]]), &[1, 0], &[1, 1])),
    ]
}
