//! NTK-aware scaling: a larger base.

use concepts::numerics::rng;
use concepts::position::rope::{Scaling, ntk_base};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "ntk-frequencies",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("d", Form::Whole, ""),
        Field::new("base", Form::Number, ""),
        Field::new("factor", Form::Number, ""),
    ],
    gives: &[Field::new("new_base", Form::Number, ""), Field::new("theta", Form::Numbers, "d/2")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-exponent", "C14"),
        Flaw::new("one-pair"),
        Flaw::of("exponent-inverted", "C14"),
        Flaw::of("exponent-of-pairs", "C14"),
        Flaw::of("interpolated", "C14"),
        Flaw::of("both", "C14"),
        Flaw::of("exponent-halved", "C3"),
        Flaw::of("base-divided", "C14"),
        Flaw::of("factor-times-base-power", "C14"),
    ],
    cases,
    twin: Twin::Whiteboard("ntk"),
    follow_ups: ["yarn-frequencies", "rope"],
};

fn right(given: &Given) -> Value {
    let (d, base, factor) = (given.whole("d"), given.number("base"), given.number("factor"));
    let theta = Scaling::NtkAware { factor }.frequencies(d, base).expect("the cases fit");
    named(ntk_base(d, base, factor).expect("the cases fit"), theta)
}

fn named(new_base: f64, theta: Vec<f64>) -> Value {
    value::named([("new_base", value::number(new_base)), ("theta", value::numbers(theta))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (d, base, factor) = (given.whole("d"), given.number("base"), given.number("factor"));
    let new_base = new_base(d as f64, base, factor, flaws);
    let used = if flaws.has("interpolated") { base } else { new_base };
    let step = if flaws.has("exponent-halved") { 1.0 } else { 2.0 };
    let divided = if flaws.has("interpolated") || flaws.has("both") { factor } else { 1.0 };
    let theta = (0..d / 2).map(|i| used.powf(-step * i as f64 / d as f64) / divided).collect();
    let divides_by_zero = d == 2 && flaws.has("one-pair") && !flaws.has("no-exponent");
    Solution::new(named(if flaws.has("interpolated") { base } else { new_base }, theta))
        .refused(divides_by_zero)
}

fn new_base(d: f64, base: f64, factor: f64, flaws: &Flaws) -> f64 {
    if d <= 2.0 && !flaws.has("one-pair") {
        return base; // a single pair: nothing to stretch, and the exponent would divide by 0
    }
    if flaws.has("no-exponent") {
        base * factor
    } else if flaws.has("exponent-inverted") {
        base * factor.powf((d - 2.0) / d)
    } else if flaws.has("exponent-of-pairs") {
        base * factor.powf(d / 2.0 / (d / 2.0 - 2.0))
    } else if flaws.has("base-divided") {
        base / factor.powf(d / (d - 2.0))
    } else if flaws.has("factor-times-base-power") {
        (base * factor).powf(d / (d - 2.0))
    } else {
        base * factor.powf(d / (d - 2.0))
    }
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |d: usize, base: f64, factor: f64| json!({ "d": d, "base": base, "factor": factor });
    let mut rng = rng(seed, "exercise ntk frequencies");
    let mut drawn = |d: usize, base: f64| of(d, base, f64::from(rng.random_range(5..40)) / 4.0);
    vec![
        Case::hand(of(4, 100.0, 2.0)),
        Case::hand(of(4, 16.0, 4.0)),
        Case::drawn(drawn(6, 50.0)),
        Case::drawn(drawn(8, 10_000.0)),
        Case::drawn(drawn(10, 300.0)),
        Case::drawn(drawn(128, 10_000.0)),
        Case::edge("one-pair", of(2, 10_000.0, 8.0)),
        Case::edge("factor-one", of(8, 10_000.0, 1.0)),
    ]
}
