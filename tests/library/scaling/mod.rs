//! Scaling laws: against SciPy, by properties, and with input that cannot be fitted.

mod fits;
mod laws;

use concepts::scaling::{BESIROGLU, HOFFMANN, HOFFMANN_TEX, Law, Run};
use serde_json::Value;

/// The reference numbers; `tests/fixtures/scaling/make.py` says where they come from.
fn oracle() -> Value {
    serde_json::from_str(include_str!("../../fixtures/scaling/scaling.json")).unwrap()
}

fn law_of(case: &Value) -> Law {
    match case["law"].as_str().unwrap() {
        "hoffmann" => HOFFMANN,
        "hoffmann-tex" => HOFFMANN_TEX,
        _ => BESIROGLU,
    }
}

fn number(case: &Value, field: &str) -> f64 {
    case[field].as_f64().unwrap()
}

fn runs(case: &Value) -> Vec<Run> {
    let rows: Vec<[f64; 3]> = serde_json::from_value(case["runs"].clone()).unwrap();
    rows.into_iter().map(|[n, d, loss]| Run { n, d, loss }).collect()
}

fn points(case: &Value) -> Vec<(f64, f64)> {
    serde_json::from_value(case["points"].clone()).unwrap()
}

/// How far two numbers are apart, as a share.
fn apart(a: f64, b: f64) -> f64 {
    (a / b - 1.0).abs()
}
