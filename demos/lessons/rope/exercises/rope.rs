//! Rotary position embedding, in both layouts.

use concepts::numerics::{normal, rng};
use concepts::position::rope::{Layout, rope_frequencies, rotate_by_complex};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "rope",
    words: &WORDS,
    section: "1",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("positions", Form::Wholes, "n"),
        Field::new("rotary_dim", Form::Whole, ""),
        Field::new("base", Form::Number, ""),
        Field::new("layout", Form::Text, ""),
    ],
    gives: &[Field::new("y", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::of("unturned", "C1"),
        Flaw::of("turned-back", "C1"),
        Flaw::of("wrong-layout", "C9"),
        Flaw::of("minus-lost", "C1"),
        Flaw::of("angles-interleaved", "C9"),
        Flaw::of("exponent-halved", "C3"),
        Flaw::at("width-of-head", "1"),
        Flaw::new("whole-head"),
        Flaw::new("row-number"),
        Flaw::new("one-late"),
    ],
    cases,
    twin: Twin::Whiteboard("rope"),
    follow_ups: ["ntk-frequencies", "yarn-frequencies"],
};

fn right(given: &Given) -> Value {
    let layout = if given.text("layout") == "half" { Layout::Halves } else { Layout::Interleaved };
    let theta = rope_frequencies(given.whole("rotary_dim"), given.number("base")).expect("the cases fit");
    let positions: Vec<i64> = given.wholes("positions").iter().map(|&m| m as i64).collect();
    let y = rotate_by_complex(given.matrix("x").view(), &positions, &theta, layout);
    value::matrix(&y.expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (x, positions) = (given.matrix("x"), given.wholes("positions"));
    let (d, rotary) = (x.ncols(), given.whole("rotary_dim"));
    let turned = if flaws.has("whole-head") { d } else { rotary };
    let width = if flaws.has("width-of-head") { d } else { turned } as f64;
    let step = if flaws.has("exponent-halved") { 1.0 } else { 2.0 };
    let theta: Vec<f64> =
        (0..turned / 2).map(|i| given.number("base").powf(-step * i as f64 / width)).collect();
    let half = (given.text("layout") == "half") != flaws.has("wrong-layout");
    let mut y = x.clone();
    let speed = f64::from(!flaws.has("unturned"));
    for (row, (m, mut y)) in positions.iter().zip(y.rows_mut()).enumerate() {
        let m = if flaws.has("row-number") { row } else { *m };
        let m = if flaws.has("one-late") { m + 1 } else { m } as f64;
        for i in 0..theta.len() {
            let (a, b) = if half { (i, i + theta.len()) } else { (2 * i, 2 * i + 1) };
            let angle = |feature: usize| speed * m * theta[index(feature, half, theta.len(), flaws)];
            let (one, other) = (x[[row, a]], x[[row, b]]);
            let minus = if flaws.has("turned-back") { 1.0 } else { -1.0 };
            let plus = if flaws.has("turned-back") { -1.0 } else { 1.0 };
            let minus = if flaws.has("minus-lost") { 1.0 } else { minus };
            y[a] = one * angle(a).cos() + minus * other * angle(a).sin();
            y[b] = other * angle(b).cos() + plus * one * angle(b).sin();
        }
    }
    Solution::new(value::matrix(&y)).step("theta", value::numbers(theta))
}

/// Which frequency a feature has: both of a pair share one.
fn index(feature: usize, half: bool, pairs: usize, flaws: &Flaws) -> usize {
    if half != flaws.has("angles-interleaved") { feature % pairs } else { feature / 2 }
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = |layout: &str| {
        json!({
            "x": [[1.0, 0.0, 0.0, 2.0]], "positions": [1], "rotary_dim": 4, "base": 100.0, "layout": layout,
        })
    };
    let mut rng = rng(seed, "exercise rope");
    let mut drawn = |n: usize, d: usize, rotary_dim: usize, base: f64, layout: &str, farthest: usize| {
        let x = value::matrix(&normal((n, d), 1.0, &mut rng));
        let positions: Vec<usize> = (0..n).map(|_| rng.random_range(1..=farthest)).collect();
        json!({ "x": x, "positions": positions, "rotary_dim": rotary_dim, "base": base, "layout": layout })
    };
    let mut cases = vec![Case::hand(hand("half")), Case::hand(hand("interleaved"))];
    cases.push(Case::drawn(drawn(3, 4, 4, 10.0, "half", 6)));
    cases.push(Case::drawn(drawn(4, 8, 8, 10_000.0, "interleaved", 9)));
    cases.push(Case::drawn(drawn(2, 8, 8, 500_000.0, "half", 30)));
    cases.push(Case::edge("part-of-the-head", drawn(3, 8, 4, 100.0, "half", 9)));
    cases.push(Case::edge("part-of-the-head", drawn(2, 6, 2, 100.0, "interleaved", 9)));
    cases.push(Case::edge("one-pair", drawn(2, 2, 2, 10_000.0, "half", 9)));
    let mut far = drawn(1, 4, 4, 10_000.0, "interleaved", 9);
    far["positions"] = json!([1_000]);
    cases.push(Case::edge("far-away", far));
    let mut first = drawn(1, 4, 4, 10.0, "half", 1);
    first["positions"] = json!([0]);
    cases.push(Case::edge("position-zero", first));
    cases
}
