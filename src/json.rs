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
    /// So many values that reading them takes more memory than the limit.
    TooMany {
        /// Memory that they would take, in MiB.
        mib: usize,
        /// The most, in MiB.
        limit: usize,
    },
    /// JSON, but no object.
    NoObject,
}

impl Display for JsonFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            JsonFault::Syntax { said, .. } | JsonFault::CutOff { said, .. } => f.write_str(said),
            JsonFault::TooMany { mib, limit } => {
                write!(f, "its values would take about {mib} MiB of memory, more than {limit} MiB")
            }
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
    let memory = memory(text);
    if memory > MOST_MEMORY {
        return Err(JsonFault::TooMany { mib: memory >> 20, limit: MOST_MEMORY >> 20 });
    }
    match serde_json::from_str(text)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(JsonFault::NoObject),
    }
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
