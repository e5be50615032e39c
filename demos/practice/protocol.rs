//! A request and a reply, one line each.
//!
//! ```text
//! {"id": 0, "exercise": "softmax", "input": {"logits": [0.5, 0.5, "-inf"]}}
//! {"id": 0, "output": [0.5, 0.5, 0]}
//! ```
//!
//! A reply may have `steps`, values on the way to the answer by name, and in place of `output` an `error`, the
//! text of what went wrong.

use serde_json::{Map, json};

use crate::kit::exercise::{Given, Value};

/// The line that asks for a case.
pub fn request(id: usize, exercise: &str, given: &Given) -> String {
    json!({ "id": id, "exercise": exercise, "input": given.fields() }).to_string()
}

/// A reply that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The answer, or what the program says went wrong.
    pub output: Result<Value, String>,
    /// Values on the way to it, where the program tells them.
    pub steps: Map<String, Value>,
}

/// Why a line is no reply to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoReply {
    /// Not one JSON object.
    Noise,
    /// Without an `id`.
    NoId,
    /// The `id` of a case that was asked before.
    Again(u64),
    /// The `id` of no case that was asked.
    Foreign(String),
    /// Neither `output` nor `error`.
    NoOutput,
}

/// Reads the reply to a case.
///
/// # Errors
/// [`NoReply`]
pub fn reply(line: &str, id: usize) -> Result<Reply, NoReply> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(&spelled_out(line)) else {
        return Err(NoReply::Noise);
    };
    match fields.get("id") {
        None => return Err(NoReply::NoId),
        Some(said) if said.as_u64() == Some(id as u64) => {}
        Some(said) => match said.as_u64() {
            Some(earlier) if earlier < id as u64 => return Err(NoReply::Again(earlier)),
            _ => return Err(NoReply::Foreign(said.to_string())),
        },
    }
    let steps = match fields.remove("steps") {
        Some(Value::Object(steps)) => steps,
        _ => Map::new(),
    };
    let error =
        fields.remove("error").map(|error| error.as_str().map_or_else(|| error.to_string(), String::from));
    match (fields.remove("output"), error) {
        (_, Some(error)) => Ok(Reply { output: Err(error), steps }),
        (Some(output), None) => Ok(Reply { output: Ok(output), steps }),
        (None, None) => Err(NoReply::NoOutput),
    }
}

/// Python writes `NaN`, `Infinity` and `-Infinity`, which JSON does not know: they become texts.
fn spelled_out(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let (mut in_text, mut escaped) = (false, false);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let bare = [("-Infinity", "\"-inf\""), ("Infinity", "\"inf\""), ("NaN", "\"nan\"")];
        let found = bare.iter().find(|(word, _)| !in_text && rest.starts_with(word));
        if let Some((word, text)) = found {
            out.push_str(text);
            rest = &rest[word.len()..];
            continue;
        }
        (in_text, escaped) = match c {
            _ if escaped => (in_text, false),
            '"' => (!in_text, false),
            '\\' => (in_text, in_text),
            _ => (in_text, false),
        };
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_read_with_what_python_writes() {
        let read =
            reply(r#"{"id": 3, "output": [NaN, -Infinity, 1.5], "steps": {"a": Infinity}}"#, 3).unwrap();
        assert_eq!(read.output, Ok(json!(["nan", "-inf", 1.5])));
        assert_eq!(read.steps["a"], "inf");
        let text = reply(r#"{"id": 3, "output": "NaN \" Infinity"}"#, 3).unwrap();
        assert_eq!(text.output, Ok(json!("NaN \" Infinity")));
    }

    #[test]
    fn what_is_no_reply_says_why() {
        let why = |line| reply(line, 3).unwrap_err();
        assert_eq!(why("hello"), NoReply::Noise);
        assert_eq!(why("[1, 2]"), NoReply::Noise);
        assert_eq!(why(r#"{"output": 1}"#), NoReply::NoId);
        assert_eq!(why(r#"{"id": 2, "output": 1}"#), NoReply::Again(2));
        assert_eq!(why(r#"{"id": 4, "output": 1}"#), NoReply::Foreign("4".into()));
        assert_eq!(why(r#"{"id": 3}"#), NoReply::NoOutput);
        assert_eq!(
            reply(r#"{"id": 3, "error": "ValueError: x"}"#, 3).unwrap().output,
            Err("ValueError: x".into())
        );
    }
}
