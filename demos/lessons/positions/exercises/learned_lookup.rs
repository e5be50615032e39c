//! Learned positions, also while decoding.

use concepts::numerics::{normal, rng};
use concepts::position::LearnedTable;
use ndarray::Array2;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "learned-lookup",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("x", Form::Matrix, "n × d"),
        Field::new("table", Form::Matrix, "max_len × d"),
        Field::new("first", Form::Whole, ""),
    ],
    gives: &[Field::new("out", Form::Matrix, "n × d")],
    solve,
    right,
    flaws: &[
        Flaw::new("first-ignored"),
        Flaw::new("from-one"),
        Flaw::new("table-alone"),
        Flaw::new("same-row"),
        Flaw::new("scaled"),
        Flaw::new("from-the-end"),
        Flaw::new("averaged"),
    ],
    cases,
    twin: Twin::Whiteboard("learned"),
    follow_ups: ["sinusoidal-table", "alibi-bias"],
};

fn right(given: &Given) -> Value {
    let (mut x, first) = (given.matrix("x"), given.whole("first"));
    let table = LearnedTable::from_weights(given.matrix("table")).expect("the cases fit");
    for (i, mut row) in x.rows_mut().into_iter().enumerate() {
        row += &table.row(first + i).expect("the cases fit");
    }
    value::matrix(&x)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (x, table) = (given.matrix("x"), given.matrix("table"));
    let (n, d) = x.dim();
    let first = if flaws.has("first-ignored") { 0 } else { given.whole("first") };
    let first = if flaws.has("from-one") { first + 1 } else { first };
    let row = |i: usize| {
        if flaws.has("same-row") {
            first
        } else if flaws.has("from-the-end") {
            first + n - 1 - i
        } else {
            first + i
        }
    };
    let size = if flaws.has("scaled") { (d as f64).sqrt() } else { 1.0 };
    let out = Array2::from_shape_fn((n, d), |(i, j)| {
        let position = table[[row(i), j]];
        if flaws.has("table-alone") {
            position
        } else if flaws.has("averaged") {
            (x[[i, j]] + position) / 2.0
        } else {
            size * x[[i, j]] + position
        }
    });
    Solution::new(value::matrix(&out))
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = |x: Value, first: usize| json!({ "x": x, "table": [[1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [4.0, 0.0]], "first": first });
    let mut rng = rng(seed, "exercise learned lookup");
    let mut drawn = |n: usize, d: usize, first: usize| {
        let max_len = n + first + rng.random_range(1..4);
        let [x, table] = [n, max_len].map(|rows| value::matrix(&normal((rows, d), 1.0, &mut rng)));
        json!({ "x": x, "table": table, "first": first })
    };
    vec![
        Case::hand(hand(json!([[0.0, 1.0], [0.0, 2.0]]), 0)),
        Case::hand(hand(json!([[0.0, 1.0]]), 2)),
        Case::drawn(drawn(3, 4, 0)),
        Case::drawn(drawn(4, 3, 2)),
        Case::drawn(drawn(2, 5, 7)),
        Case::edge("one-token", drawn(1, 4, 5)),
        Case::edge("one-feature", drawn(3, 1, 1)),
    ]
}
