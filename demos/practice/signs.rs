//! What can be seen in answers before anything is compared: no number, nothing at all, another shape.

use super::judge::Judgement;
use crate::kit::exercise::value::{What, as_number};
use crate::kit::exercise::{Difference, Value};

/// What is seen in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A NaN.
    NotANumber,
    /// `null`: nothing where a value is due.
    Nothing,
    /// Other lengths, names or forms than asked for.
    Shape,
}

/// A sign, and the cases whose answers have it, counted from 0.
#[derive(Debug)]
pub struct Signs {
    /// What is seen.
    pub sign: Sign,
    /// In which cases.
    pub cases: Vec<usize>,
}

impl Sign {
    /// All signs, in the order in which they are told.
    pub const ALL: [Sign; 3] = [Sign::NotANumber, Sign::Nothing, Sign::Shape];

    /// Its id in the words.
    pub fn word(self) -> &'static str {
        match self {
            Sign::NotANumber => "nan",
            Sign::Nothing => "null",
            Sign::Shape => "shape",
        }
    }

    fn is_in(self, got: &Value, difference: &Difference) -> bool {
        match self {
            Sign::NotANumber => anywhere(got, &|value: &Value| as_number(value).is_some_and(f64::is_nan)),
            Sign::Nothing => anywhere(got, &Value::is_null),
            // What is null has been told already.
            Sign::Shape => match &difference.what {
                What::Form { got, .. } => !got.is_null(),
                What::Length { .. } | What::Missing | What::Unasked => true,
                What::Value { .. } | What::NotANumber => false,
            },
        }
    }
}

/// The signs of all wrong answers.
pub fn signs(judgement: &Judgement) -> Vec<Signs> {
    let has = |sign: Sign, i: usize| {
        let answer = &judgement.answers[i];
        let (Ok(got), Some(difference)) = (&answer.output, &answer.difference) else { return false };
        sign.is_in(got, difference)
    };
    let of = |sign| Signs { sign, cases: (0..judgement.answers.len()).filter(|&i| has(sign, i)).collect() };
    Sign::ALL.map(of).into_iter().filter(|signs| !signs.cases.is_empty()).collect()
}

fn anywhere(value: &Value, found: &impl Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| anywhere(value, found)),
        Value::Object(fields) => fields.values().any(|value| anywhere(value, found)),
        value => found(value),
    }
}
