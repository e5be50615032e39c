//! The fields of a JSON object, or why a text is none.
//!
//! | file | what it holds |
//! |---|---|
//! | `once` | a value whose objects name each field once |
//! | `stand_in` | what lies in the place of a file that was not fetched |

mod once;
mod stand_in;

use std::fmt::{self, Display, Formatter};

use serde_json::{Error, Map, Value};

use once::value;
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
    NoObject {
        /// What stands there, its beginning.
        found: String,
    },
    /// A field that stands there twice, with two values: programs take the last, people see the first.
    Twice {
        /// The field.
        field: String,
        /// Its first value.
        first: String,
        /// The other.
        second: String,
    },
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
            JsonFault::NoObject { found } => write!(f, "it holds no object but {found}"),
            JsonFault::Twice { field, first, second } => {
                write!(f, "the field \"{field}\" stands in it twice, as {first} and as {second}; leave one")
            }
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
    let value = match value(text) {
        Err(fault @ (JsonFault::Syntax { .. } | JsonFault::CutOff { .. })) => {
            of_python(text).map_or(Err(fault), |text| value(&text))?
        }
        value => value?,
    };
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(JsonFault::NoObject { found: quoted(&other, 40) }),
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
///
/// # Examples
/// ```
/// use concepts::budget::{json_object, json_quoted};
/// let fields = json_object(r#"{"a": NaN, "b": "small"}"#)?;
/// assert_eq!(json_quoted(&fields["a"], 40), "NaN");
/// assert_eq!(json_quoted(&fields["b"], 4), "\"sma");
/// # Ok::<(), concepts::budget::JsonFault>(())
/// ```
pub fn quoted(value: &Value, most: usize) -> String {
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
    fn a_field_with_two_values_is_refused_and_one_said_twice_is_not() {
        let twice = |text: &str| object(text).map_err(|fault| fault.to_string());
        for (text, said) in [
            (r#"{"a": 1, "b": 2, "a": 3}"#, "the field \"a\" stands in it twice, as 1 and as 3"),
            (r#"{"a": {"b": [{"c": 1, "c": NaN}]}}"#, "the field \"c\" stands in it twice, as 1 and as NaN"),
        ] {
            assert!(twice(text).unwrap_err().contains(said), "{:?}", twice(text));
        }
        for text in [
            r#"{"a": 1, "a": 1, "b": {"a": 2}}"#,
            r#"{"a": 1.0, "a": 1, "b": {"a": [{"c": 2, "c": 2.0}]}}"#,
            r#"{"a": {"b": [1, "x"], "c": null}, "b": 3, "a": {"c": null, "b": [1.0, "x"]}}"#,
        ] {
            assert_eq!(twice(text).map(|fields| fields.len()), Ok(2), "{text}");
        }
        assert_eq!(twice(r#"{"a": 1.0, "a": 1}"#).unwrap()["a"], serde_json::json!(1));
        // 2^53 + 1 is no fraction of 64 bits.
        assert!(twice(r#"{"a": 9007199254740993, "a": 9007199254740992.0}"#).is_err());
        assert_eq!(twice("[]").unwrap_err(), "it holds no object but []");
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
