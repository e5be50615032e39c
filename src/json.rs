//! Why a text is no JSON object.

use std::fmt::{self, Display, Formatter};

use serde_json::{Error, Map, Value};

/// What is wrong with a text that should be a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonFault {
    /// A sign that JSON does not have there.
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What the parser says, in English.
        said: String,
    },
    /// The text ends too early.
    CutOff {
        /// The last line, counted from 1.
        line: usize,
        /// Its last column.
        column: usize,
        /// What the parser says, in English.
        said: String,
    },
    /// JSON, but no object.
    NoObject,
}

impl Display for JsonFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            JsonFault::Syntax { said, .. } | JsonFault::CutOff { said, .. } => f.write_str(said),
            JsonFault::NoObject => f.write_str("it holds no object"),
        }
    }
}

impl From<Error> for JsonFault {
    fn from(error: Error) -> JsonFault {
        let (line, column, said) = (error.line(), error.column(), error.to_string());
        if error.is_eof() {
            JsonFault::CutOff { line, column, said }
        } else {
            JsonFault::Syntax { line, column, said }
        }
    }
}

/// The fields of a JSON object.
pub(crate) fn object(text: &str) -> Result<Map<String, Value>, JsonFault> {
    match serde_json::from_str(text)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(JsonFault::NoObject),
    }
}
