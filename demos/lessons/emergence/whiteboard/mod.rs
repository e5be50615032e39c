//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`mirage`] | exact match, its shift, what a test reads |
//! | [`descent`] | layers of linear attention as steps of gradient descent |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod descent;
mod mirage;

use concepts::emergence::{Items, PowerLaw, items_needed, reads_zero, step_size};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use serde_json::{Value, json};

use super::experiments::learning::task;
use crate::kit::whiteboard::python;

fn close(place: &str, a: f64, b: f64) {
    assert!((a - b).abs() <= EXACT_F64 * b.abs().max(1.0), "{place}: {a} and {b}");
}

/// A call of Python gives this number, where this machine has Python.
fn python_too(source: &str, call: &str, args: &Value, expected: f64) {
    if let Some(given) = python(source, call, args) {
        close(call, given.as_f64().unwrap(), expected);
    }
}

#[test]
fn the_law_and_its_shift_are_the_librarys() {
    let source = include_str!("mirage.py");
    let law = PowerLaw::new(2e7, 0.35).unwrap();
    for (size, tokens) in [(1e9, 1), (1e9, 30), (3e10, 7)] {
        let score = law.exact_match(size, tokens, Items::Alike);
        let half = law.size_for(0.5, tokens, Items::Alike).unwrap();
        close("exact", mirage::exact_match(size, 2e7, 0.35, tokens), score);
        close("half", mirage::half_at(2e7, 0.35, tokens), half);
        python_too(source, "exact_match(*args)", &json!([size, 2e7, 0.35, tokens]), score);
        python_too(source, "half_at(*args)", &json!([2e7, 0.35, tokens]), half);
    }
}

#[test]
fn what_a_test_reads_is_the_librarys() {
    let source = include_str!("mirage.py");
    for (score, items) in [(0.5, 3), (0.01, 100), (2e-5, 1000)] {
        let (zero, needed) = (reads_zero(score, items), items_needed(score, 0.95).unwrap());
        close("zero", mirage::reads_zero(score, items as usize), zero);
        close("needed", mirage::items_needed(score), needed);
        python_too(source, "reads_zero(*args)", &json!([score, items]), zero);
        python_too(source, "items_needed(*args)", &json!([score]), needed);
    }
}

#[test]
fn the_layers_answer_as_the_library_descends() {
    let source = include_str!("descent.py");
    let mut rng = rng(7, "whiteboard");
    for layers in [1, 2, 6] {
        let task = task(12, 3, &mut rng).unwrap();
        let query = normal((1, 3), 1.0, &mut rng).row(0).to_vec();
        let step = step_size(12, 3);
        let expected = task.descend(step, layers).unwrap().dot(&ndarray::Array1::from(query.clone()));
        let x: Vec<Vec<f64>> = task.x().rows().into_iter().map(|row| row.to_vec()).collect();
        let y = task.y().to_vec();
        close("layers", descent::answer(&x, &y, &query, step, layers), expected);
        python_too(source, "answer(*args)", &json!([x, y, query, step, layers]), expected);
    }
}
