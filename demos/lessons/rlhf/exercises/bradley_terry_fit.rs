//! Strengths out of comparisons.

use std::collections::BTreeSet;

use concepts::numerics::rng;
use concepts::preference::{Comparisons, fit_bradley_terry};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "bradley-terry-fit",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("players", Form::Whole, ""),
        Field::new("winners", Form::Wholes, "m"),
        Field::new("losers", Form::Wholes, "m"),
    ],
    gives: &[Field::new("strengths", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("swapped"),
        Flaw::of("counted-once", "C7"),
        Flaw::new("first-is-zero"),
        Flaw::new("worths-sum-to-one"),
        Flaw::new("worths"),
        Flaw::new("elo-scale"),
        Flaw::new("odds-of-all"),
        Flaw::new("share-of-wins"),
        Flaw::new("one-step"),
        Flaw::new("penalised"),
    ],
    cases,
    twin: Twin::Whiteboard("strengths"),
    follow_ups: ["bradley-terry", "dpo-loss"],
};

fn right(given: &Given) -> Value {
    let names = vec!["player"; given.whole("players")];
    let made = Comparisons::from_places(&names, &pairs(given)).expect("the cases fit");
    value::numbers(fit_bradley_terry(&made).expect("a chain of wins leads from each to each").strengths)
}

fn pairs(given: &Given) -> Vec<(usize, usize)> {
    given.wholes("winners").into_iter().zip(given.wholes("losers")).collect()
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let mut pairs = pairs(given);
    if flaws.has("swapped") {
        pairs.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
    }
    if flaws.has("counted-once") {
        pairs = pairs.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    }
    let n = given.whole("players");
    let (mut wins, mut losses) = (vec![0.0; n], vec![0.0; n]);
    for &(winner, loser) in &pairs {
        wins[winner] += 1.0;
        losses[loser] += 1.0;
    }
    let worths = worths(&pairs, &wins, flaws);
    let mean = worths.iter().map(|w| w.ln()).sum::<f64>() / n as f64;
    let centred = worths.iter().map(|w| w.ln() - mean);
    let total: f64 = worths.iter().sum();
    let strengths: Vec<f64> = if flaws.has("odds-of-all") {
        wins.iter().zip(&losses).map(|(wins, losses): (&f64, &f64)| (wins / losses).ln()).collect()
    } else if flaws.has("share-of-wins") {
        wins.iter().zip(&losses).map(|(wins, losses)| wins / (wins + losses)).collect()
    } else if flaws.has("first-is-zero") {
        worths.iter().map(|w| (w / worths[0]).ln()).collect()
    } else if flaws.has("worths-sum-to-one") {
        worths.iter().map(|w| (w / total).ln()).collect()
    } else if flaws.has("worths") {
        centred.map(f64::exp).collect()
    } else if flaws.has("elo-scale") {
        centred.map(|r| r * 400.0 / 10f64.ln()).collect()
    } else {
        centred.collect()
    };
    Solution::new(value::numbers(strengths)).step("wins", value::numbers(wins))
}

/// Zermelo's iteration, until nothing moves: e^r ← wins / Σ 1/(own worth + that of the other), over all comparisons.
fn worths(pairs: &[(usize, usize)], wins: &[f64], flaws: &Flaws) -> Vec<f64> {
    const STEPS: usize = 10_000;
    const STILL: f64 = 1e-13;
    // A penalty that people add so that nobody is infinitely strong: a draw of each with somebody of worth 1.
    let prior = f64::from(flaws.has("penalised"));
    let mut w = vec![1.0; wins.len()];
    for _ in 0..if flaws.has("one-step") { 1 } else { STEPS } {
        let mut met: Vec<f64> = w.iter().map(|w| prior / (w + 1.0)).collect();
        for &(i, j) in pairs {
            met[i] += 1.0 / (w[i] + w[j]);
            met[j] += 1.0 / (w[i] + w[j]);
        }
        let mut next: Vec<f64> =
            wins.iter().zip(&met).map(|(wins, met)| (wins + 0.5 * prior) / met).collect();
        if prior == 0.0 {
            let scale = (next.iter().map(|w| w.ln()).sum::<f64>() / next.len() as f64).exp();
            next.iter_mut().for_each(|w| *w /= scale);
        }
        let moved = next.iter().zip(&w).fold(0.0, |most: f64, (a, b)| most.max((a / b).ln().abs()));
        w = next;
        if moved < STILL {
            break;
        }
    }
    w
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |players: usize, pairs: &[(usize, usize)]| {
        let (winners, losers): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        json!({ "players": players, "winners": winners, "losers": losers })
    };
    let mut rng = rng(seed, "exercise bradley-terry fit");
    let mut drawn = |players: usize, games: usize| {
        // A round in which each beats the next: then a chain of wins leads from each to each.
        let round = (0..players).map(|i| (i, (i + 1) % players));
        let mut pairs: Vec<(usize, usize)> = round.collect();
        for _ in 0..games {
            let [a, b] = [rng.random_range(0..players), rng.random_range(1..players)];
            let (low, high) = (a.min((a + b) % players), a.max((a + b) % players));
            // Who comes first wins three of four.
            pairs.push(if rng.random_bool(0.75) { (low, high) } else { (high, low) });
        }
        of(players, &pairs)
    };
    let mut one_sided = vec![(0, 1); 30];
    one_sided.extend([(1, 0), (1, 2), (2, 1), (1, 2)]);
    vec![
        Case::hand(of(2, &[(0, 1), (0, 1), (0, 1), (1, 0)])),
        Case::hand(of(3, &[(0, 1), (0, 1), (1, 0), (1, 2), (1, 2), (2, 1)])),
        Case::drawn(drawn(3, 9)),
        Case::drawn(drawn(4, 20)),
        Case::drawn(drawn(6, 30)),
        Case::edge("one-win-each", of(2, &[(1, 0), (0, 1)])),
        Case::edge(
            "never-met-directly",
            of(4, &[(0, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 3), (2, 3), (3, 2)]),
        ),
        Case::edge("one-sided", of(3, &one_sided)),
    ]
}
