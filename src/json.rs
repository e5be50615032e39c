//! The fields of a JSON object, or why a text is none.
//!
//! | file | what it holds |
//! |---|---|
//! | `stand_in` | what lies in the place of a file that was not fetched |

mod stand_in;

use std::fmt::{self, Display, Formatter};

use serde_json::{Error, Map, Value};

pub use stand_in::StandIn;

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
    /// So many values that reading them takes more memory than the limit.
    TooMany {
        /// Memory that they would take, in MiB.
        mib: usize,
        /// The most, in MiB.
        limit: usize,
    },
    /// JSON, but no object.
    NoObject,
    /// Something in the place of the file.
    StandIn(StandIn),
}

impl Display for JsonFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            JsonFault::Syntax { said, .. } | JsonFault::CutOff { said, .. } => f.write_str(said),
            JsonFault::TooMany { mib, limit } => {
                write!(f, "its values would take about {mib} MiB of memory, more than {limit} MiB")
            }
            JsonFault::NoObject => f.write_str("it holds no object"),
            JsonFault::StandIn(what) => what.fmt(f),
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

/// The fields of a JSON object, as Python reads it: `Infinity`, `-Infinity` and `NaN` are values too. Each becomes a
/// text, `"∞"`, `"-∞"` and `"?"`, so that a field that must be a number is refused by its name.
///
/// # Errors
/// [`JsonFault`].
///
/// # Examples
/// ```
/// use concepts::budget::json_object;
/// let fields = json_object(r#"{"time_step_limit": [0.0, Infinity]}"#)?;
/// assert_eq!(fields["time_step_limit"][1], "∞");
/// assert!(json_object("{\"a\": infinity}").is_err());
/// # Ok::<(), concepts::budget::JsonFault>(())
/// ```
pub fn object(text: &str) -> Result<Map<String, Value>, JsonFault> {
    if let Some(what) = StandIn::of(text.as_bytes()) {
        return Err(JsonFault::StandIn(what));
    }
    let memory = memory(text);
    if memory > MOST_MEMORY {
        return Err(JsonFault::TooMany { mib: memory >> 20, limit: MOST_MEMORY >> 20 });
    }
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => match of_python(text) {
            Some(text) => serde_json::from_str(&text)?,
            None => return Err(error.into()),
        },
    };
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(JsonFault::NoObject),
    }
}

/// The numbers of Python that JSON has no sign for, and texts of as many bytes, so that places stay what they are.
const OF_PYTHON: [(&str, &str); 3] = [("-Infinity", "\"-∞\"   "), ("Infinity", "\"∞\"   "), ("NaN", "\"?\"")];

/// The number of Python that a text of [`object`] stands for.
pub(crate) fn of_no_sign(value: &Value) -> Option<&'static str> {
    let said = value.as_str()?;
    let stands = |text: &str| text.trim_end().trim_matches('"') == said;
    OF_PYTHON.iter().find(|(_, text)| stands(text)).map(|(number, _)| *number)
}

/// A value as a refusal quotes it, so many characters at most.
pub(crate) fn quoted(value: &Value, most: usize) -> String {
    let whole = || value.to_string().chars().take(most).collect();
    of_no_sign(value).map_or_else(whole, Into::into)
}

/// The text with such numbers written as texts, if there are any.
fn of_python(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut done, mut at, mut quoted) = (0, 0, false);
    while let Some(byte) = text.as_bytes().get(at) {
        let found = OF_PYTHON
            .iter()
            .find(|(number, _)| !quoted && text.as_bytes()[at..].starts_with(number.as_bytes()));
        match (byte, found) {
            (_, Some((number, written))) => {
                out.push_str(&text[done..at]);
                out.push_str(written);
                done = at + number.len();
                at = done;
                continue;
            }
            (b'\\', _) if quoted => at += 1,
            (b'"', _) => quoted = !quoted,
            _ => {}
        }
        at += 1;
    }
    (done > 0).then(|| out + &text[done..])
}

/// The most memory that the values of a text may take. The largest tokenizers that are published take half of it.
const MOST_MEMORY: usize = 1 << 30;

/// Memory that the values of a text take when they are built, about: counted from commas and brackets, before
/// anything is built. A list of 150 MB, `[0,0,…`, would take 10 GB.
fn memory(text: &str) -> usize {
    // A value, twice: lists grow by doubling. A list that is not empty begins with room for four, an object too,
    // with its table of names.
    const VALUE: usize = 2 * size_of::<Value>();
    const LIST: usize = 4 * size_of::<Value>();
    const OBJECT: usize = 500;
    let (mut memory, mut quoted, mut escaped) = (text.len(), false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b',' => memory += VALUE,
            b'[' => memory += LIST,
            b'{' => memory += OBJECT,
            _ => {}
        }
    }
    memory
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Python's json reads them: mamba2 and others were published so.
    #[test]
    fn numbers_of_python_are_read_outside_of_texts_alone() {
        let fields =
            object(r#"{"a": [0.0, Infinity, -Infinity], "b": NaN, "NaN \" Infinity": "\\", "c": 1}"#)
                .unwrap();
        assert_eq!(fields["a"], serde_json::json!([0.0, "∞", "-∞"]));
        assert_eq!((&fields["b"], &fields["NaN \" Infinity"]), (&"?".into(), &"\\".into()));
        // A place behind such a number is where it was.
        let fault = object(r#"{"a": Infinity, "b": x}"#).unwrap_err();
        assert!(matches!(fault, JsonFault::Syntax { line: 1, column: 22, .. }), "{fault:?}");
        assert!(object("Infinity").is_err() && object("{\"a\": infinity}").is_err());
    }

    #[test]
    fn what_would_fill_memory_is_refused_before_it_is_built() {
        for (piece, times) in
            [("0,", 20_000_000), ("{},", 5_000_000), ("[],", 5_000_000), ("[[],", 5_000_000)]
        {
            let text = format!("[{}0]", piece.repeat(times));
            assert!(matches!(object(&text), Err(JsonFault::TooMany { .. })), "{piece}");
        }
        // Brackets inside a text are no lists.
        let text = format!("{{\"a\": \"{}\"}}", "[{\\\",".repeat(3_000_000));
        assert_eq!(object(&text).map(|fields| fields.len()), Ok(1));
        assert!(matches!(object(&"[".repeat(1_000_000)), Err(JsonFault::Syntax { .. })));
    }
}
