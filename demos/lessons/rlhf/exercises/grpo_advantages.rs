//! GRPO's advantages: each answer against the others to the same prompt.

use concepts::numerics::{normal, rng};
use concepts::preference::{Spread, group_advantages};
use ndarray::{Array1, Array2};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "grpo-advantages",
    words: &WORDS,
    section: "5",
    takes: &[Field::new("rewards", Form::Matrix, "prompts × g"), Field::new("eps", Form::Number, "")],
    gives: &[Field::new("advantages", Form::Matrix, "prompts × g")],
    solve,
    right,
    flaws: &[
        Flaw::new("sample"),
        Flaw::new("whole-batch"),
        Flaw::new("over-prompts"),
        Flaw::new("no-mean"),
        Flaw::new("no-deviation"),
        Flaw::new("variance"),
        Flaw::new("eps-inside"),
        Flaw::new("no-guard"),
        Flaw::new("guard-by-zero"),
    ],
    cases,
    twin: Twin::Library("concepts::preference::group_advantages"),
    follow_ups: ["ppo-loss", "gae"],
};

fn right(given: &Given) -> Value {
    let eps = given.number("eps");
    let of = |group: ndarray::ArrayView1<f64>| {
        value::numbers(group_advantages(&group.to_vec(), Spread::Population, eps))
    };
    given.matrix("rewards").outer_iter().map(of).collect()
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (mut rewards, eps) = (given.matrix("rewards"), given.number("eps"));
    if flaws.has("over-prompts") {
        rewards = rewards.reversed_axes();
    }
    let all: Vec<f64> = rewards.iter().copied().collect();
    let mut advantages = Array2::zeros(rewards.dim());
    let mut means = Vec::new();
    for (group, mut out) in rewards.outer_iter().zip(advantages.rows_mut()) {
        let group = group.to_vec();
        let over = if flaws.has("whole-batch") { &all } else { &group };
        means.push(mean(over));
        out.assign(&Array1::from(normalised(&group, over, eps, flaws)));
    }
    if flaws.has("over-prompts") {
        advantages = advantages.reversed_axes();
    }
    Solution::new(value::matrix(&advantages)).step("means", value::numbers(means))
}

fn mean(rewards: &[f64]) -> f64 {
    rewards.iter().sum::<f64>() / rewards.len() as f64
}

/// How far the rewards of a group are from the mean of these, in their standard deviations.
fn normalised(group: &[f64], over: &[f64], eps: f64, flaws: &Flaws) -> Vec<f64> {
    let mean = mean(over);
    let squares: f64 = over.iter().map(|r| (r - mean).powi(2)).sum();
    let variance = squares / if flaws.has("sample") { over.len() as f64 - 1.0 } else { over.len() as f64 };
    let equal = if flaws.has("no-guard") {
        false
    } else if flaws.has("guard-by-zero") {
        variance == 0.0
    } else {
        over.iter().all(|&r| r == over[0])
    };
    if equal {
        return vec![0.0; group.len()];
    }
    let scale = if flaws.has("no-deviation") {
        1.0
    } else if flaws.has("variance") {
        variance + eps
    } else if flaws.has("eps-inside") {
        (variance + eps).sqrt()
    } else {
        variance.sqrt() + eps
    };
    let middle = if flaws.has("no-mean") { 0.0 } else { mean };
    group.iter().map(|r| (r - middle) / scale).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |rewards: Value, eps: f64| json!({ "rewards": rewards, "eps": eps });
    let mut rng = rng(seed, "exercise grpo-advantages");
    let mut drawn = |prompts: usize, g: usize, spread: f64, eps: f64| {
        of(value::matrix(&normal((prompts, g), spread, &mut rng)), eps)
    };
    vec![
        // Mean 4 and deviation 2 in the first group, 1 and 1 in the second.
        Case::hand(of(json!([[2.0, 6.0], [0.0, 2.0]]), 0.0)),
        Case::hand(of(json!([[5.0, 1.0, 1.0, 5.0], [3.0, 3.0, 9.0, 9.0]]), 1.0)),
        Case::drawn(drawn(2, 4, 1.0, 1e-4)),
        Case::drawn(drawn(3, 8, 2.0, 0.0)),
        Case::drawn(drawn(4, 3, 0.5, 0.1)),
        Case::edge("one-prompt", drawn(1, 5, 1.0, 1e-4)),
        Case::edge(
            "one-right",
            of(json!([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 1.0, 1.0, 1.0]]), 0.0),
        ),
        Case::edge("equal-rewards", of(json!([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.5]]), 0.0)),
        Case::edge("equal-tenths", of(json!([[0.1, 0.1, 0.1], [0.1, 0.2, 0.7]]), 0.0)),
    ]
}
