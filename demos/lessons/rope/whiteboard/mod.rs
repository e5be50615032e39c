//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rope`] | the rotation in both layouts, `rotate_half`, the score |
//! | [`ntk`] | position interpolation, NTK-aware, dynamic NTK |
//! | [`yarn`] | YaRN's frequencies and temperature |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod ntk;
mod rope;
mod yarn;

use concepts::numerics::tolerance::EXACT_F64;
use concepts::position::rope::{Layout, Scaling, rope_frequencies, rotate_by_complex};
use serde_json::{Value, json};

use super::experiments::score::{Content, content, score};
use crate::kit::whiteboard::python;

const D: usize = 64;
const BASE: f64 = 10_000.0;
const TRAIN: usize = 2048;
const LONG: usize = 8 * TRAIN;
const FACTOR: f64 = (LONG / TRAIN) as f64;

fn said() -> Content {
    content(D, 7, "whiteboard")
}

fn theta() -> Vec<f64> {
    rope_frequencies(D, BASE).unwrap()
}

fn close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < EXACT_F64), "{a:?} {b:?}");
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

/// A call of Python gives these numbers, where this machine has Python.
fn python_too(source: &str, call: &str, args: &Value, expected: &[f64]) {
    if let Some(given) = python(source, call, args) {
        close(&numbers(&given), expected);
    }
}

#[test]
fn both_layouts_are_the_librarys() {
    let source = include_str!("rope.py");
    let (q, theta) = (said().q, theta());
    let x = q.row(0).to_vec();
    for m in [0, 1, 77, 1234] {
        let of = |layout| rotate_by_complex(q.view(), &[m], &theta, layout).unwrap().row(0).to_vec();
        let (interleaved, halves) = (of(Layout::Interleaved), of(Layout::Halves));
        close(&rope::rope_interleaved(&x, m as usize, &theta), &interleaved);
        close(&rope::rope_halves(&x, m as usize, &theta), &halves);
        let args = json!([x, m, theta]);
        python_too(source, "rope_interleaved(*args)", &args, &interleaved);
        python_too(source, "rope_halves(*args)", &args, &halves);
    }
}

#[test]
fn the_score_is_the_librarys_and_relative() {
    let (c, theta) = (said(), theta());
    let [q, k] = [&c.q, &c.k].map(|x| x.row(0).to_vec());
    close(&rope::frequencies(D, BASE), &theta);
    let expected = score(&c, 8, 3, &theta, Layout::Halves) / (D as f64).sqrt();
    let by_hand = rope::score(&q, 8, &k, 3, &theta);
    close(&[by_hand, rope::score(&q, 1008, &k, 1003, &theta)], &[expected, expected]);
    let call =
        "[score(args[0], m, args[1], n, frequencies(len(args[0]))) for m, n in ((8, 3), (1008, 1003))]";
    python_too(include_str!("rope.py"), call, &json!([q, k]), &[expected, expected]);
}

#[test]
fn interpolation_and_ntk_are_the_librarys() {
    let source = include_str!("ntk.py");
    let of = |scaling: Scaling| scaling.frequencies(D, BASE).unwrap();
    let (pi, ntk) = (of(Scaling::Interpolation { factor: FACTOR }), of(Scaling::NtkAware { factor: FACTOR }));
    close(&ntk::interpolated(D, BASE, FACTOR), &pi);
    close(&ntk::ntk_aware(D, BASE, FACTOR), &ntk);
    python_too(source, "interpolated(*args)", &json!([D, BASE, FACTOR]), &pi);
    python_too(source, "ntk_aware(*args)", &json!([D, BASE, FACTOR]), &ntk);
    // A single pair, where the exponent d/(d − 2) would divide by 0.
    let single = rope_frequencies(2, BASE).unwrap();
    close(&ntk::ntk_aware(2, BASE, FACTOR), &single);
    python_too(source, "ntk_aware(*args)", &json!([2, BASE, FACTOR]), &single);
    for len in [1, TRAIN, TRAIN + 1, LONG] {
        let dynamic = of(Scaling::DynamicNtk { factor: 1.0, train_len: TRAIN, len });
        close(&ntk::dynamic_ntk(D, BASE, TRAIN, len), &dynamic);
        python_too(source, "dynamic_ntk(*args)", &json!([D, BASE, TRAIN, len]), &dynamic);
    }
}

#[test]
fn yarn_is_the_librarys() {
    let scaling = Scaling::yarn(FACTOR, TRAIN);
    let mut expected = scaling.frequencies(D, BASE).unwrap();
    let (theta, factor) = yarn::yarn(D, BASE, FACTOR, TRAIN as f64);
    close(&theta, &expected);
    close(&[factor], &[scaling.attention_factor()]);
    expected.push(factor);
    let call = "(lambda made: made[0] + [made[1]])(yarn(*args))";
    python_too(include_str!("yarn.py"), call, &json!([D, BASE, FACTOR, TRAIN]), &expected);
}
