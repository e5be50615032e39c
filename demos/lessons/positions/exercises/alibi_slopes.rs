//! The slopes of ALiBi, for any number of heads.

use concepts::numerics::rng;
use concepts::position::alibi_slopes;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "alibi-slopes",
    words: &WORDS,
    section: "6",
    takes: &[Field::new("heads", Form::Whole, "")],
    gives: &[Field::new("slopes", Form::Numbers, "heads")],
    solve,
    right,
    flaws: &[
        Flaw::of("from-zero", "C14"),
        Flaw::new("power-of-two-only"),
        Flaw::new("next-power"),
        Flaw::new("second-in-place-of-first"),
        Flaw::new("in-front"),
        Flaw::of("not-by-heads", "C14"),
        Flaw::new("linear"),
        Flaw::new("negative"),
        Flaw::new("sorted"),
    ],
    cases,
    twin: Twin::Whiteboard("alibi"),
    follow_ups: ["alibi-bias", "t5-buckets"],
};

fn right(given: &Given) -> Value {
    value::numbers(alibi_slopes(given.whole("heads")).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let heads = given.whole("heads");
    let below = 1_usize << heads.ilog2();
    let from = usize::from(!flaws.has("from-zero"));
    let sign = if flaws.has("negative") { -1.0 } else { 1.0 };
    let of = |n: usize| -> Vec<f64> {
        let one = |h: usize| {
            if flaws.has("linear") {
                1.0 / (h + 1) as f64
            } else if flaws.has("not-by-heads") {
                0.5_f64.powi((h + 1) as i32)
            } else {
                2_f64.powf(-8.0 * (h + from) as f64 / n as f64)
            }
        };
        (0..n).map(|h| sign * one(h)).collect()
    };
    let slopes = if flaws.has("power-of-two-only") {
        of(heads)
    } else if flaws.has("next-power") {
        of(heads.next_power_of_two()).into_iter().take(heads).collect()
    } else {
        let skipped = usize::from(flaws.has("second-in-place-of-first"));
        let between = of(2 * below).into_iter().skip(skipped).step_by(2).take(heads - below);
        let (mut first, between) = (of(below), between.collect::<Vec<f64>>());
        if flaws.has("in-front") {
            first.splice(0..0, between);
        } else {
            first.extend(between);
        }
        if flaws.has("sorted") {
            first.sort_by(|a, b| b.total_cmp(a));
        }
        first
    };
    Solution::new(value::numbers(slopes))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |heads: usize| json!({ "heads": heads });
    let mut rng = rng(seed, "exercise alibi slopes");
    vec![
        Case::hand(of(2)),
        Case::hand(of(8)),
        Case::hand(of(3)),
        Case::drawn(of(rng.random_range(9..16))),
        Case::drawn(of(rng.random_range(17..32))),
        Case::drawn(of(rng.random_range(33..64))),
        Case::drawn(of(rng.random_range(65..128))),
        Case::edge("one-head", of(1)),
        Case::edge("no-power-of-two", of(6)),
        Case::edge("no-power-of-two", of(112)),
    ]
}
