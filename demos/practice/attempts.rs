//! How a person stands with each exercise: the best attempt of those in the journal.

use std::collections::BTreeMap;

use chrono::{DateTime, Local};
use serde_json::Value;

use super::journal::Entry;

/// An attempt at an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its day on this person's clock, as `2026-11-29`.
    pub date: String,
    /// Cases right.
    pub right: usize,
    /// Cases.
    pub cases: usize,
}

/// The best attempts, by exercise.
pub type Attempts = BTreeMap<String, Attempt>;

impl Attempt {
    /// Was everything right?
    pub fn passed(&self) -> bool {
        self.right == self.cases
    }
}

/// The best attempt at each exercise; of equal ones the last.
pub fn best(entries: &[Entry]) -> Attempts {
    let mut best = Attempts::new();
    for entry in entries.iter().filter(|entry| entry.what == "grade") {
        let number = |name: &str| Some(entry.fields.get(name).and_then(Value::as_u64)? as usize);
        let name = entry.fields.get("exercise").and_then(Value::as_str);
        let (Some(right), Some(cases), Some(name)) = (number("right"), number("cases"), name) else {
            continue;
        };
        if best.get(name).is_none_or(|known| right >= known.right) {
            best.insert(name.to_string(), Attempt { date: date(entry.at), right, cases });
        }
    }
    best
}

fn date(at: u64) -> String {
    let at = i64::try_from(at).ok().and_then(|at| DateTime::from_timestamp(at, 0));
    at.map_or_else(|| "?".into(), |at| at.with_timezone(&Local).format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_best_counts_and_of_equals_the_last() {
        let entry = |at: u64, right: usize| Entry {
            at: at * 86_400 + 43_200,
            what: "grade".into(),
            fields: json!({ "exercise": "rope", "right": right, "cases": 9 }).as_object().unwrap().clone(),
        };
        let attempts = best(&[entry(1, 4), entry(3, 4), entry(5, 2)]);
        assert_eq!((attempts.len(), attempts["rope"].right), (1, 4));
        assert_eq!(attempts["rope"].date, date(3 * 86_400 + 43_200));
        assert!(!attempts["rope"].passed());
    }
}
