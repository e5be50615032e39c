//! What `demo regularization` says.

use demos::kit::findings::Findings;

use super::{Knobs, number, numbers};

pub(super) const KNOBS: Knobs = &[
    ("data", &["sparse"]),
    ("rows", &["4", "8", "30"]),
    ("columns", &["1", "2", "6", "40"]),
    ("lambda", &["0", "0.001", "2", "1e5"]),
    ("ridge", &["0", "0.3", "1e5"]),
    ("alpha", &["0", "0.001", "1"]),
    ("folds", &["2"]),
    ("gradient-scale", &["1", "1.01", "10000"]),
    ("lr", &["0.000001", "1"]),
];

/// No lasso is denied that the table has ahead of least squares; the titles of both paths and of the zeros are those of
/// the numbers; two numbers that are told apart differ.
pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let errors = numbers(findings, "chosen", "error");
    if said.contains("no lasso that was tried does better") && errors[1] < errors[0] {
        faults.push(format!("no lasso does better, of {errors:?}"));
    }
    let [proximal, subgradient] = ["proximal_zeros", "subgradient_zeros"].map(|id| number(findings, id));
    if said.contains("Only proximal steps reach exact zeros")
        != (subgradient == Some(0.0) && proximal > Some(0.0))
    {
        faults.push(format!("zeros: {proximal:?}, {subgradient:?}"));
    }
    if said.contains("One direction: a single coefficient of the lasso")
        != (number(findings, "rank") == Some(1.0))
    {
        faults.push("one direction".into());
    }
    let both =
        said.split("one step of the written code gives ").nth(1).and_then(|rest| rest.split_once(", AdamW "));
    if both.is_some_and(|(code, rest)| rest.starts_with(&format!("{code}."))) {
        faults.push("two equal numbers are told apart".into());
    }
    faults
}
