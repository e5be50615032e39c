//! What a program answers: JSON, in which an infinity is the text `-inf` or `inf` and what is no number is `nan`.

use concepts::numerics::tolerance::GRADED;
use ndarray::Array2;
use serde_json::{Map, json};

pub use serde_json::Value;

/// In what a mistake of ours answers, a number of which only that it is finite is known. No answer is right by it.
pub const ANY_NUMBER: &str = "any number";

/// In what a mistake of ours answers, ∞ or NaN: which of them depends on the order of the operations.
pub const NO_NUMBER: &str = "no number";

/// All that a mistake of ours answers to a case in which as many people look out for it as not: the case says nothing.
pub const UNTOLD: &str = "untold";

/// A number; JSON has no infinities, they travel as texts.
pub fn number(x: f64) -> Value {
    if x.is_nan() {
        json!("nan")
    } else if x.is_infinite() {
        json!(if x > 0.0 { "inf" } else { "-inf" })
    } else {
        json!(x)
    }
}

/// A list of numbers.
pub fn numbers(xs: impl IntoIterator<Item = f64>) -> Value {
    xs.into_iter().map(number).collect()
}

/// Rows of numbers.
pub fn matrix(x: &Array2<f64>) -> Value {
    x.outer_iter().map(|row| numbers(row.iter().copied())).collect()
}

/// Rows of true and false.
pub fn table(x: &Array2<bool>) -> Value {
    x.outer_iter().map(|row| json!(row.to_vec())).collect()
}

/// Several answers by name.
pub fn named<const N: usize>(values: [(&str, Value); N]) -> Value {
    Value::Object(values.into_iter().map(|(name, value)| (name.to_string(), value)).collect::<Map<_, _>>())
}

/// A number, or the text that stands for one.
pub fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            "nan" => Some(f64::NAN),
            _ => None,
        },
        _ => None,
    }
}

/// Is there no ∞ and no NaN anywhere in it?
pub fn is_finite(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(is_finite),
        Value::Object(fields) => fields.values().all(is_finite),
        value => value != NO_NUMBER && value != UNTOLD && as_number(value).is_none_or(f64::is_finite),
    }
}

/// Where an answer differs from the right one.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The place, as one would write it: `dq[2][0]`. Empty for the whole answer.
    pub place: String,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong at a place of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Another value.
    Value {
        /// The right one.
        right: Value,
        /// The person's.
        got: Value,
    },
    /// Not a number at all, where there is one.
    NotANumber,
    /// Another count of values.
    Length {
        /// The right count.
        right: usize,
        /// The person's.
        got: usize,
    },
    /// Another kind of value: a list where a number is due.
    Form {
        /// What is due.
        right: Value,
        /// What is there.
        got: Value,
    },
    /// A value that is not there.
    Missing,
    /// A value that nobody asked for.
    Unasked,
}

/// The first place at which an answer differs from the right one.
///
/// A whole number, a text and a truth must be equal; 1 and 0 are truths, too. A number with a fraction may differ by [`GRADED`] times the
/// larger of 1 and its size.
pub fn difference(right: &Value, got: &Value) -> Option<Difference> {
    at(right, got, "")
}

fn at(right: &Value, got: &Value, place: &str) -> Option<Difference> {
    let found = |what| Some(Difference { place: place.to_string(), what });
    match (right, got) {
        (Value::Array(right), Value::Array(got)) if right.len() != got.len() => {
            found(What::Length { right: right.len(), got: got.len() })
        }
        (Value::Array(right), Value::Array(got)) => {
            let mut places = right.iter().zip(got).enumerate();
            places.find_map(|(i, (right, got))| at(right, got, &format!("{place}[{i}]")))
        }
        (Value::Object(right), Value::Object(got)) => by_name(right, got, place),
        _ => scalar(right, got).and_then(found),
    }
}

fn by_name(right: &Map<String, Value>, got: &Map<String, Value>, place: &str) -> Option<Difference> {
    let below = |name: &str| if place.is_empty() { name.to_string() } else { format!("{place}.{name}") };
    let wrong = right.iter().find_map(|(name, right)| match got.get(name) {
        Some(got) => at(right, got, &below(name)),
        None => Some(Difference { place: below(name), what: What::Missing }),
    });
    let unasked = || got.keys().find(|name| !right.contains_key(*name));
    wrong.or_else(|| unasked().map(|name| Difference { place: below(name), what: What::Unasked }))
}

fn scalar(right: &Value, got: &Value) -> Option<What> {
    let other = || Some(What::Value { right: right.clone(), got: got.clone() });
    let is = |known: fn(f64) -> bool| as_number(got).is_some_and(known);
    let fits = (right == ANY_NUMBER && is(f64::is_finite)) || (right == NO_NUMBER && is(|x| !x.is_finite()));
    if fits || right == UNTOLD {
        return None;
    }
    if let (Value::Bool(right), Some(said)) = (right, truth(got)) {
        return if *right == said { None } else { other() };
    }
    match (as_number(right), as_number(got)) {
        (Some(_), Some(x)) if x.is_nan() => (!is_nan(right)).then_some(What::NotANumber),
        (Some(x), Some(y)) => {
            if is_near(x, y, right.is_i64() || right.is_u64()) {
                None
            } else {
                other()
            }
        }
        (None, None) if std::mem::discriminant(right) == std::mem::discriminant(got) => {
            if right == got {
                None
            } else {
                other()
            }
        }
        _ => Some(What::Form { right: right.clone(), got: got.clone() }),
    }
}

/// What stands for true and false; in numpy often 1 and 0.
fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| [false, true].into_iter().find(|t| value.as_f64() == Some(f64::from(*t))))
}

fn is_nan(value: &Value) -> bool {
    as_number(value).is_some_and(f64::is_nan)
}

/// Infinities are near themselves only.
fn is_near(right: f64, got: f64, whole: bool) -> bool {
    right == got || (!whole && right.is_finite() && (right - got).abs() <= GRADED * right.abs().max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(right: &Value, got: &Value) -> Option<String> {
        difference(right, got).map(|difference| difference.place)
    }

    #[test]
    fn numbers_may_be_rounded_and_whole_ones_may_not() {
        assert_eq!(difference(&json!([0.5, 1e6]), &json!([0.500_01, 1_000_001.0])), None);
        assert_eq!(place(&json!([3, 4]), &json!([3, 4.000_01])), Some("[1]".into()));
        assert_eq!(difference(&json!([3]), &json!([3.0])), None);
    }

    #[test]
    fn what_is_no_number_is_told_apart_from_a_wrong_one() {
        let found = difference(&json!({"p": [0.5, 0.5]}), &json!({"p": [0.5, "nan"]})).unwrap();
        assert_eq!(found, Difference { place: "p[1]".into(), what: What::NotANumber });
        assert_eq!(difference(&number(f64::NEG_INFINITY), &json!("-inf")), None);
        assert!(difference(&number(f64::NEG_INFINITY), &json!(-1e308)).is_some());
    }

    #[test]
    fn any_number_is_a_mistakes_answer_and_nobody_elses() {
        assert_eq!(difference(&json!([1, ANY_NUMBER]), &json!([1, -27.6])), None);
        assert!(difference(&json!(ANY_NUMBER), &json!("-inf")).is_some());
        assert!(difference(&json!(2.5), &json!(ANY_NUMBER)).is_some());
        assert_eq!(difference(&json!([NO_NUMBER, NO_NUMBER]), &json!(["nan", "-inf"])), None);
        assert!(difference(&json!(NO_NUMBER), &json!(2.5)).is_some());
        assert!(difference(&json!("nan"), &json!(NO_NUMBER)).is_some());
        assert_eq!(difference(&json!(UNTOLD), &json!([1.5])), None);
        assert!(difference(&json!([1.5]), &json!(UNTOLD)).is_some());
        assert!(!is_finite(&json!([NO_NUMBER])) && !is_finite(&json!(UNTOLD)));
    }

    #[test]
    fn forms_lengths_and_names_are_compared() {
        let what = |right, got| difference(&right, &got).map(|difference| difference.what);
        assert_eq!(what(json!([1.5, 2.5]), json!([1.5])), Some(What::Length { right: 2, got: 1 }));
        assert!(matches!(what(json!([1.5]), json!([[1.5]])), Some(What::Form { .. })));
        assert_eq!(what(json!({"a": 1}), json!({})), Some(What::Missing));
        assert_eq!(what(json!({"a": 1}), json!({"a": 1, "b": 2})), Some(What::Unasked));
        assert!(what(json!("on"), json!("no")).is_some());
        assert_eq!(what(json!([true, false]), json!([1, 0.0])), None);
        assert!(matches!(what(json!(true), json!(0)), Some(What::Value { .. })));
        assert!(matches!(what(json!(true), json!(2)), Some(What::Form { .. })));
    }
}
