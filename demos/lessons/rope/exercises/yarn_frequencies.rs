//! YaRN: fast pairs are kept, slow ones interpolated, a ramp in between.

use std::f64::consts::TAU;

use concepts::numerics::rng;
use concepts::position::rope::{Scaling, YarnRamp};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "yarn-frequencies",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("d", Form::Whole, ""),
        Field::new("base", Form::Number, ""),
        Field::new("factor", Form::Number, ""),
        Field::new("train_len", Form::Whole, ""),
        Field::new("alpha", Form::Number, ""),
        Field::new("beta", Form::Number, ""),
    ],
    gives: &[Field::new("theta", Form::Numbers, "d/2"), Field::new("attention_factor", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("ramp-turned"),
        Flaw::new("no-two-pi"),
        Flaw::new("no-clip"),
        Flaw::new("by-index"),
        Flaw::new("wavelengths-mixed"),
        Flaw::of("all-interpolated", "C6"),
        Flaw::new("no-logarithm"),
        Flaw::new("squared-factor"),
        Flaw::new("ramp-in-logarithms"),
    ],
    cases,
    twin: Twin::Whiteboard("yarn"),
    follow_ups: ["ntk-frequencies", "rope"],
};

fn right(given: &Given) -> Value {
    let scaling = Scaling::Yarn {
        factor: given.number("factor"),
        train_len: given.whole("train_len"),
        alpha: given.number("alpha"),
        beta: given.number("beta"),
        ramp: YarnRamp::ByRotations,
    };
    let theta = scaling.frequencies(given.whole("d"), given.number("base")).expect("the cases fit");
    named(theta, scaling.attention_factor())
}

fn named(theta: Vec<f64>, attention_factor: f64) -> Value {
    value::named([("theta", value::numbers(theta)), ("attention_factor", value::number(attention_factor))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (d, base, s) = (given.whole("d"), given.number("base"), given.number("factor"));
    let (alpha, beta) = (given.number("alpha"), given.number("beta"));
    let theta: Vec<f64> = (0..d / 2).map(|i| base.powf(-2.0 * i as f64 / d as f64)).collect();
    let a_turn = if flaws.has("no-two-pi") { 1.0 } else { TAU };
    let turns: Vec<f64> =
        theta.iter().map(|theta| given.whole("train_len") as f64 * theta / a_turn).collect();
    let kept: Vec<f64> = turns.iter().map(|&turns| ramp(turns, alpha, beta, flaws)).collect();
    let kept = if flaws.has("by-index") { by_index(&turns, alpha, beta) } else { kept };
    let mixed = |(theta, kept): (&f64, &f64)| {
        let kept = if flaws.has("all-interpolated") { 0.0 } else { *kept };
        if flaws.has("wavelengths-mixed") {
            theta / ((1.0 - kept) * s + kept)
        } else {
            (1.0 - kept) * theta / s + kept * theta
        }
    };
    let out = theta.iter().zip(&kept).map(mixed).collect();
    let sharper = 0.1 * if flaws.has("no-logarithm") { s } else { s.ln() } + 1.0;
    let sharper = if flaws.has("squared-factor") { sharper * sharper } else { sharper };
    Solution::new(named(out, sharper))
        .step("plain", value::numbers(theta.iter().copied()))
        .step("turns", value::numbers(turns))
        .step("kept", value::numbers(kept))
}

fn ramp(turns: f64, alpha: f64, beta: f64, flaws: &Flaws) -> f64 {
    let share = if flaws.has("ramp-in-logarithms") {
        (turns / alpha).ln() / (beta / alpha).ln()
    } else {
        (turns - alpha) / (beta - alpha)
    };
    let kept = if flaws.has("no-clip") { share } else { share.clamp(0.0, 1.0) };
    if flaws.has("ramp-turned") { 1.0 - kept } else { kept }
}

/// A straight line over the indices, between the first pair below `beta` turns and the last above `alpha`.
fn by_index(turns: &[f64], alpha: f64, beta: f64) -> Vec<f64> {
    let first = turns.iter().filter(|turns| **turns >= beta).count() as f64 - 1.0;
    let last = turns.iter().filter(|turns| **turns > alpha).count() as f64;
    let share = |i: usize| 1.0 - ((i as f64 - first) / (last - first)).clamp(0.0, 1.0);
    (0..turns.len()).map(share).collect()
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |d: usize, base: f64, factor: f64, train_len: usize, [alpha, beta]: [f64; 2]| {
        json!({
            "d": d, "base": base, "factor": factor, "train_len": train_len, "alpha": alpha, "beta": beta,
        })
    };
    let mut rng = rng(seed, "exercise yarn frequencies");
    let mut drawn = |d: usize, base: f64, ends: [f64; 2]| {
        of(d, base, f64::from(rng.random_range(6..40)) / 4.0, rng.random_range(40..120), ends)
    };
    vec![
        Case::hand(of(4, 100.0, 2.0, 64, [1.0, 32.0])),
        Case::hand(of(4, 4.0, 2.0, 50, [1.0, 5.0])),
        Case::drawn(drawn(8, 20.0, [1.0, 32.0])),
        Case::drawn(drawn(12, 50.0, [1.0, 12.0])),
        Case::drawn(drawn(16, 100.0, [2.0, 9.0])),
        Case::drawn(of(64, 10_000.0, 4.0, 2048, [1.0, 32.0])),
        Case::edge("one-pair", of(2, 10_000.0, 8.0, 100, [1.0, 32.0])),
        Case::edge("factor-one", of(8, 100.0, 1.0, 100, [1.0, 32.0])),
    ]
}
