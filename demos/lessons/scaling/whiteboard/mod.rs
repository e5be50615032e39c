//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`optimum`] | the law, the best split of a budget, tokens for a loss |
//! | [`fit`] | what a fit makes small |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod fit;
mod optimum;

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::scaling::fit as library;
use concepts::scaling::{BESIROGLU, HOFFMANN, Law};
use serde_json::{Value, json};

use crate::kit::whiteboard::python;

fn constants(law: &Law) -> [f64; 5] {
    [law.e, law.a, law.b, law.alpha, law.beta]
}

/// As shares of what is expected: sizes are of the order of 10¹².
fn close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a / b - 1.0).abs() < ORACLE_F64), "{a:?} {b:?}");
}

/// A call of Python gives these numbers, where this machine has Python.
fn python_too(source: &str, call: &str, args: &Value, expected: &[f64]) {
    if let Some(given) = python(source, call, args) {
        close(&serde_json::from_value::<Vec<f64>>(given).unwrap(), expected);
    }
}

#[test]
fn the_optimum_is_the_librarys() {
    for law in [BESIROGLU, HOFFMANN] {
        let best = law.optimum(5.76e23).unwrap();
        let (n, d) = optimum::optimum(constants(&law), 5.76e23);
        close(&[n, d], &[best.n, best.d]);
        close(&[optimum::loss(constants(&law), 7e9, 2e12)], &[law.loss(7e9, 2e12)]);
        let tokens = law.tokens_for(2.2, 7e9).unwrap();
        close(&[optimum::tokens_for(constants(&law), 2.2, 7e9).unwrap()], &[tokens]);
        assert_eq!(optimum::tokens_for(constants(&law), law.e, 7e9), None);
        let call = "[*optimum(*args[:2]), loss(args[0], 7e9, 2e12), tokens_for(args[0], 2.2, 7e9)]";
        let expected = [best.n, best.d, law.loss(7e9, 2e12), tokens];
        python_too(include_str!("optimum.py"), call, &json!([constants(&law), 5.76e23]), &expected);
    }
}

#[test]
fn the_objective_is_the_librarys() {
    let drawn = BESIROGLU.draw_runs(12, 0.002, 7, "whiteboard");
    let runs: Vec<(f64, f64, f64)> = drawn.iter().map(|run| (run.n, run.d, run.loss)).collect();
    let law = HOFFMANN;
    let point = [law.e.ln(), law.a.ln(), law.b.ln(), law.alpha, law.beta];
    let expected = library::objective(&law, &drawn, library::HUBER_DELTA);
    close(&[fit::objective(point, &runs)], &[expected]);
    assert!((fit::huber(0.5, 1.0) - library::huber(0.5, 1.0)).abs() < EXACT_F64);
    python_too(include_str!("fit.py"), "[objective(*args)]", &json!([point, runs]), &[expected]);
}
