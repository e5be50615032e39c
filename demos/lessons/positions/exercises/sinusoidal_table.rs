//! The table of sines and cosines.

use concepts::numerics::rng;
use concepts::position::sinusoidal_table;
use ndarray::Array2;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "sinusoidal-table",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("n", Form::Whole, ""),
        Field::new("d", Form::Whole, ""),
        Field::new("base", Form::Number, ""),
    ],
    gives: &[Field::new("table", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::of("halves", "C5"),
        Flaw::of("swapped", "C5"),
        Flaw::of("exponent-halved", "C5"),
        Flaw::of("exponent-doubled", "C5"),
        Flaw::of("exponent-positive", "C5"),
        Flaw::of("from-one", "C5"),
        Flaw::of("last-pair-at-base", "C5"),
        Flaw::of("shared-angle", "C5"),
    ],
    cases,
    twin: Twin::Whiteboard("sinusoidal"),
    follow_ups: ["learned-lookup", "rope"],
};

fn right(given: &Given) -> Value {
    let table = sinusoidal_table(given.whole("n"), given.whole("d"), given.number("base"));
    value::matrix(&table.expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (n, d, base) = (given.whole("n"), given.whole("d"), given.number("base"));
    let step = if flaws.has("exponent-halved") {
        1.0
    } else if flaws.has("exponent-doubled") {
        4.0
    } else {
        2.0
    };
    let sign = if flaws.has("exponent-positive") { 1.0 } else { -1.0 };
    let width = if flaws.has("last-pair-at-base") { d.saturating_sub(2).max(1) } else { d } as f64;
    let omega: Vec<f64> = (0..d / 2).map(|i| base.powf(sign * step * i as f64 / width)).collect();
    // Each feature with its own exponent: sine and cosine of a pair then have different frequencies.
    let own = |j: usize| base.powf(-(j as f64) / d as f64);
    let first = usize::from(flaws.has("from-one"));
    let table = Array2::from_shape_fn((n, d), |(p, j)| {
        let (pair, cosine) =
            if flaws.has("halves") { (j % (d / 2), j >= d / 2) } else { (j / 2, j % 2 == 1) };
        let omega = if flaws.has("shared-angle") { own(j) } else { omega[pair] };
        let angle = (p + first) as f64 * omega;
        if cosine != flaws.has("swapped") { angle.cos() } else { angle.sin() }
    });
    // A single pair would be divided by 0 pairs; tensor2tensor looks out for it, many do not.
    let untold = flaws.has("last-pair-at-base") && d == 2;
    Solution::new(if untold { json!(value::UNTOLD) } else { value::matrix(&table) })
        .step("omega", value::numbers(omega))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |n: usize, d: usize, base: f64| json!({ "n": n, "d": d, "base": base });
    let mut rng = rng(seed, "exercise sinusoidal table");
    let mut drawn = |n: usize, d: usize| of(n, d, f64::from(rng.random_range(5..400)) * 25.0);
    vec![
        Case::hand(of(2, 4, 100.0)),
        Case::hand(of(3, 2, 10_000.0)),
        Case::drawn(drawn(5, 4)),
        Case::drawn(drawn(8, 6)),
        Case::drawn(drawn(20, 10)),
        Case::edge("one-token", of(1, 6, 10_000.0)),
        Case::edge("one-pair", of(4, 2, 10.0)),
        Case::edge("long-table", of(100, 4, 10_000.0)),
    ]
}
