//! What rounding can do to the answer of a program that computes in `f32`.

use super::catalogue;
use crate::kit::exercise::{Case, Value};
use crate::kit::lesson::DEFAULT_SEED;

/// The largest error of one rounding in `f32`, as a share of the number: half a unit of the last of 24 bits.
pub const ROUNDING: f64 = f32::EPSILON as f64 / 2.0;

/// The most numbers and words that a case has. No sum over what is given has more terms, so that it is off by at most
/// so many roundings, as a share of the sum of their sizes.
pub fn most_terms() -> usize {
    let cases = catalogue::all().flat_map(|entry| (entry.exercise.cases)(DEFAULT_SEED));
    cases.map(|case| terms(&case)).max().unwrap_or(0)
}

fn terms(case: &Case) -> usize {
    case.given.fields().values().map(count).sum()
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        Value::String(text) => text.split_whitespace().count(),
        _ => 1,
    }
}
