//! Generalised advantages over several episodes in a row.

use concepts::numerics::{normal, rng};
use concepts::preference::gae;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "gae",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("rewards", Form::Numbers, "n"),
        Field::new("values", Form::Numbers, "n + 1"),
        Field::new("done", Form::Wholes, "n"),
        Field::new("gamma", Form::Number, ""),
        Field::new("lam", Form::Number, ""),
    ],
    gives: &[Field::new("advantages", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("value-across-end"),
        Flaw::new("sum-across-end"),
        Flaw::new("no-bootstrap"),
        Flaw::new("no-lambda"),
        Flaw::new("no-gamma"),
        Flaw::new("no-baseline"),
        Flaw::new("td-error"),
        Flaw::new("forwards"),
        Flaw::new("returns"),
    ],
    cases,
    twin: Twin::Whiteboard("losses"),
    follow_ups: ["ppo-loss", "grpo-advantages"],
};

/// Episode by episode: behind an end the value is 0.
fn right(given: &Given) -> Value {
    let [rewards, values] = ["rewards", "values"].map(|name| given.numbers(name));
    let (gamma, lambda) = (given.number("gamma"), given.number("lam"));
    let mut advantages = Vec::new();
    for episode in given.wholes("done").split_inclusive(|&done| done == 1) {
        let (start, end) = (advantages.len(), advantages.len() + episode.len());
        let mut values = values[start..=end].to_vec();
        if episode.last() == Some(&1) {
            values[end - start] = 0.0;
        }
        advantages.extend(gae(&rewards[start..end], &values, gamma, lambda));
    }
    value::numbers(advantages)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [rewards, mut values] = ["rewards", "values"].map(|name| given.numbers(name));
    let goes_on: Vec<f64> = given.wholes("done").iter().map(|&done| 1.0 - done as f64).collect();
    let gamma = given.number("gamma");
    let n = rewards.len();
    if flaws.has("no-bootstrap") {
        values[n] = 0.0;
    }
    let delta = |t: usize| {
        let goes_on = if flaws.has("value-across-end") { 1.0 } else { goes_on[t] };
        let baseline = if flaws.has("no-baseline") { 0.0 } else { values[t] };
        rewards[t] + gamma * goes_on * values[t + 1] - baseline
    };
    let deltas: Vec<f64> = (0..n).map(delta).collect();
    let decay = shrink(gamma, given.number("lam"), flaws);
    let mut advantages = vec![0.0; n];
    let mut sum = 0.0;
    for i in 0..n {
        let t = if flaws.has("forwards") { i } else { n - 1 - i };
        let goes_on = if flaws.has("sum-across-end") { 1.0 } else { goes_on[t] };
        sum = deltas[t] + decay * goes_on * sum;
        advantages[t] = sum;
    }
    if flaws.has("returns") {
        advantages.iter_mut().zip(&values).for_each(|(advantage, value)| *advantage += value);
    }
    Solution::new(value::numbers(advantages)).step("deltas", value::numbers(deltas))
}

/// By how much what comes later counts less.
fn shrink(gamma: f64, lambda: f64, flaws: &Flaws) -> f64 {
    if flaws.has("td-error") {
        0.0
    } else if flaws.has("no-lambda") {
        gamma
    } else if flaws.has("no-gamma") {
        lambda
    } else {
        gamma * lambda
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |rewards: Value, values: Value, done: Value, gamma: f64, lam: f64| json!({ "rewards": rewards, "values": values, "done": done, "gamma": gamma, "lam": lam });
    let mut rng = rng(seed, "exercise gae");
    let mut drawn = |n: usize, ends: &[usize], gamma: f64, lam: f64| {
        let rewards = value::numbers(normal((1, n), 1.0, &mut rng));
        let values = value::numbers(normal((1, n + 1), 1.0, &mut rng));
        let done: Vec<usize> = (0..n).map(|t| usize::from(ends.contains(&t))).collect();
        of(rewards, values, json!(done), gamma, lam)
    };
    vec![
        Case::hand(of(json!([0.0, 1.0]), json!([0.5, 0.5, 4.0]), json!([0, 1]), 1.0, 0.5)),
        Case::hand(of(json!([1.0, 0.0, 2.0]), json!([1.0, 2.0, 0.0, 2.0]), json!([0, 0, 0]), 0.5, 0.5)),
        Case::drawn(drawn(5, &[4], 0.9, 0.8)),
        Case::drawn(drawn(8, &[], 0.95, 0.7)),
        Case::drawn(drawn(12, &[3, 7], 0.8, 0.9)),
        Case::edge("one-step", drawn(1, &[], 0.9, 0.9)),
        Case::edge("episodes-of-one", drawn(4, &[0, 1, 2, 3], 0.9, 0.9)),
        Case::edge("lambda-zero", drawn(5, &[2], 0.9, 0.0)),
        Case::edge("lambda-one", drawn(6, &[2], 0.9, 1.0)),
    ]
}
