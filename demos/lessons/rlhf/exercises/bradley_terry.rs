//! The loss of comparisons and its gradient.

use std::collections::BTreeSet;

use concepts::numerics::{normal, rng};
use concepts::preference::{Comparisons, likelihood_gradient, negative_log_likelihood};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "bradley-terry",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("strengths", Form::Numbers, "n"),
        Field::new("winners", Form::Wholes, "m"),
        Field::new("losers", Form::Wholes, "m"),
    ],
    gives: &[Field::new("loss", Form::Number, ""), Field::new("gradient", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("swapped"),
        Flaw::new("ascent"),
        Flaw::new("own-probability"),
        Flaw::new("winner-only"),
        Flaw::new("repeated-index"),
        Flaw::of("counted-once", "C7"),
        Flaw::new("mean"),
        Flaw::new("log-of-sigmoid"),
        Flaw::new("elo-scale"),
    ],
    cases,
    twin: Twin::Library("concepts::preference::likelihood_gradient"),
    follow_ups: ["bradley-terry-fit", "dpo-loss"],
};

fn right(given: &Given) -> Value {
    let strengths = given.numbers("strengths");
    let names = vec!["player"; strengths.len()];
    let made = Comparisons::from_places(&names, &pairs(given)).expect("the cases fit");
    named(negative_log_likelihood(&strengths, &made), likelihood_gradient(&strengths, &made))
}

fn pairs(given: &Given) -> Vec<(usize, usize)> {
    given.wholes("winners").into_iter().zip(given.wholes("losers")).collect()
}

fn named(loss: f64, gradient: Vec<f64>) -> Value {
    value::named([("loss", value::number(loss)), ("gradient", value::numbers(gradient))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let strengths = given.numbers("strengths");
    let mut pairs = pairs(given);
    if flaws.has("counted-once") {
        pairs = pairs.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    }
    // Elo's curve: ten times the odds for 400 points.
    let unit = if flaws.has("elo-scale") { 10f64.ln() / 400.0 } else { 1.0 };
    let lead = |&(winner, loser): &(usize, usize)| {
        let lead = strengths[winner] - strengths[loser];
        unit * if flaws.has("swapped") { -lead } else { lead }
    };
    let leads: Vec<f64> = pairs.iter().map(lead).collect();
    let loss: f64 = leads.iter().map(|&x| minus_log_sigmoid(x, flaws)).sum();
    let weight = |&x: &f64| unit * sigmoid(if flaws.has("own-probability") { x } else { -x });
    let mut weights: Vec<f64> = leads.iter().map(weight).collect();
    if flaws.has("swapped") != flaws.has("ascent") {
        weights.iter_mut().for_each(|weight| *weight = -*weight);
    }
    let gradient = gathered(&pairs, &weights, strengths.len(), flaws);
    let share = if flaws.has("mean") { 1.0 / pairs.len() as f64 } else { 1.0 };
    Solution::new(named(share * loss, gradient.into_iter().map(|g| share * g).collect()))
        .step("leads", value::numbers(leads))
        .step("weights", value::numbers(weights))
}

/// Each comparison pulls its winner up and its loser down.
fn gathered(pairs: &[(usize, usize)], weights: &[f64], players: usize, flaws: &Flaws) -> Vec<f64> {
    let mut gradient = vec![0.0; players];
    for (side, sign) in [(0, -1.0), (1, 1.0)] {
        if side == 1 && flaws.has("winner-only") {
            break;
        }
        let before = gradient.clone();
        for (&(winner, loser), weight) in pairs.iter().zip(weights) {
            let player = if side == 0 { winner } else { loser };
            // numpy's gradient[winners] -= weights: of a repeated index only the last one counts.
            let old = if flaws.has("repeated-index") { before[player] } else { gradient[player] };
            gradient[player] = old + sign * weight;
        }
    }
    gradient
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn minus_log_sigmoid(x: f64, flaws: &Flaws) -> f64 {
    if flaws.has("log-of-sigmoid") {
        -sigmoid(x).ln()
    } else if x >= 0.0 {
        (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p() - x
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |strengths: Value, winners: Value, losers: Value| json!({ "strengths": strengths, "winners": winners, "losers": losers });
    let mut rng = rng(seed, "exercise bradley-terry");
    let mut drawn = |players: usize, games: usize, spread: f64| {
        let strengths = value::numbers(normal((1, players), spread, &mut rng));
        let pairs: Vec<(usize, usize)> = (0..games)
            .map(|_| {
                let winner = rng.random_range(0..players);
                (winner, (winner + rng.random_range(1..players)) % players)
            })
            .collect();
        let (winners, losers): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
        of(strengths, json!(winners), json!(losers))
    };
    vec![
        Case::hand(of(json!([0.0, 0.0]), json!([0]), json!([1]))),
        Case::hand(of(json!([1.0, 0.0, -1.0]), json!([0, 2]), json!([1, 0]))),
        Case::drawn(drawn(3, 5, 1.0)),
        Case::drawn(drawn(4, 12, 1.5)),
        Case::drawn(drawn(6, 9, 2.0)),
        Case::edge("repeats", of(json!([0.5, -0.5, 0.0]), json!([0, 0, 0, 1]), json!([1, 1, 1, 2]))),
        Case::edge("one-win-each", of(json!([2.0, 0.0]), json!([0, 1]), json!([1, 0]))),
        Case::edge("never-met", of(json!([1.0, 3.0, 0.0]), json!([0, 2]), json!([2, 0]))),
        Case::edge("huge-scores", of(json!([10_000.0, 0.0, -9_000.0]), json!([0, 2]), json!([1, 0]))),
    ]
}
