//! DPO's loss of a batch of pairs.

use concepts::numerics::{normal, rng};
use concepts::preference::{PairLogs, dpo};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

const LOGS: [&str; 4] = ["policy_chosen", "policy_rejected", "reference_chosen", "reference_rejected"];

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "dpo-loss",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new(LOGS[0], Form::Numbers, "n"),
        Field::new(LOGS[1], Form::Numbers, "n"),
        Field::new(LOGS[2], Form::Numbers, "n"),
        Field::new(LOGS[3], Form::Numbers, "n"),
        Field::new("beta", Form::Number, ""),
    ],
    gives: &[Field::new("loss", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-reference", "C9"),
        Flaw::new("reference-added"),
        Flaw::new("swapped"),
        Flaw::new("beta-outside"),
        Flaw::new("beta-divides"),
        Flaw::new("no-log"),
        Flaw::new("mean-inside"),
        Flaw::new("summed"),
        Flaw::new("log-of-sigmoid"),
    ],
    cases,
    twin: Twin::Whiteboard("losses"),
    follow_ups: ["bradley-terry", "ppo-loss"],
};

fn right(given: &Given) -> Value {
    let [chosen, rejected, reference_chosen, reference_rejected] = LOGS.map(|name| given.numbers(name));
    let loss = |i: usize| {
        let logs = PairLogs {
            winner: chosen[i],
            loser: rejected[i],
            reference_winner: reference_chosen[i],
            reference_loser: reference_rejected[i],
        };
        dpo(logs, given.number("beta"), 0.0).loss
    };
    value::number((0..chosen.len()).map(loss).sum::<f64>() / chosen.len() as f64)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [chosen, rejected, reference_chosen, reference_rejected] = LOGS.map(|name| given.numbers(name));
    let (beta, n) = (given.number("beta"), chosen.len());
    let margin = |i: usize| {
        let (policy, reference) = (chosen[i] - rejected[i], reference_chosen[i] - reference_rejected[i]);
        let margin = if flaws.has("no-reference") {
            policy
        } else if flaws.has("reference-added") {
            policy + reference
        } else {
            policy - reference
        };
        if flaws.has("swapped") { -margin } else { margin }
    };
    let mut margins: Vec<f64> = (0..n).map(margin).collect();
    if flaws.has("mean-inside") {
        margins = vec![margins.iter().sum::<f64>() / n as f64; n];
    }
    // 1 − σ(x) is a number, but an exponential in σ(x) is none.
    let refused = flaws.has("no-log") && margins.iter().any(|margin| (-beta * margin).exp().is_infinite());
    let losses: Vec<f64> = margins.iter().map(|&margin| loss(margin, beta, flaws)).collect();
    let sum: f64 = losses.iter().sum();
    Solution::new(value::number(if flaws.has("summed") { sum } else { sum / n as f64 }))
        .refused(refused)
        .step("margins", value::numbers(margins))
        .step("losses", value::numbers(losses))
}

fn loss(margin: f64, beta: f64, flaws: &Flaws) -> f64 {
    let (inside, outside) = if flaws.has("beta-outside") {
        (margin, beta)
    } else if flaws.has("beta-divides") {
        (margin / beta, 1.0)
    } else {
        (beta * margin, 1.0)
    };
    let sigmoid = 1.0 / (1.0 + (-inside).exp());
    let loss = if flaws.has("no-log") {
        1.0 - sigmoid
    } else if flaws.has("log-of-sigmoid") {
        -sigmoid.ln()
    } else {
        (-inside.abs()).exp().ln_1p() + f64::max(0.0, -inside)
    };
    outside * loss
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |logs: [Value; 4], beta: f64| {
        let [chosen, rejected, reference_chosen, reference_rejected] = logs;
        json!({
            "policy_chosen": chosen, "policy_rejected": rejected,
            "reference_chosen": reference_chosen, "reference_rejected": reference_rejected, "beta": beta,
        })
    };
    let mut rng = rng(seed, "exercise dpo-loss");
    let mut drawn = |n: usize, spread: f64, beta: f64| {
        let mut around = |at: f64| value::numbers(normal((1, n), spread, &mut rng).mapv(|x| at - x.abs()));
        of([around(-20.0), around(-22.0), around(-21.0), around(-21.0)], beta)
    };
    let start = |chosen: Value, rejected: Value| [chosen.clone(), rejected.clone(), chosen, rejected];
    vec![
        // The margin is 2, and then −1.
        Case::hand(of([json!([-1.0]), json!([-4.0]), json!([-2.0]), json!([-3.0])], 0.5)),
        Case::hand(of(
            [json!([-1.0, -4.0]), json!([-4.0, -2.0]), json!([-2.0, -3.0]), json!([-3.0, -2.0])],
            1.0,
        )),
        Case::drawn(drawn(1, 3.0, 0.1)),
        Case::drawn(drawn(4, 5.0, 0.1)),
        Case::drawn(drawn(7, 4.0, 0.3)),
        Case::drawn(drawn(12, 2.0, 2.0)),
        Case::edge("at-the-start", of(start(json!([-7.0, -3.0]), json!([-9.0, -1.0])), 0.1)),
        Case::edge(
            "long-answers",
            of(
                [
                    json!([-3000.0, -900.0]),
                    json!([-1000.0, -950.0]),
                    json!([-2000.0, -920.0]),
                    json!([-2000.0, -930.0]),
                ],
                0.5,
            ),
        ),
        Case::edge("wrong-order", of([json!([-9.0]), json!([-2.0]), json!([-8.0]), json!([-2.5])], 0.2)),
    ]
}
