//! What servers answer: tokens with their log-probabilities, a list for each place of the text. A softmax of them is
//! the model's distribution over the tokens that are listed.
//!
//! | from | form |
//! |---|---|
//! | chat interface of OpenAI, llama.cpp, vLLM, Ollama | `top_logprobs`, a list of `{"token", "logprob"}` for each place |
//! | completions interface of OpenAI and vLLM | `top_logprobs`, an object of tokens and log-probabilities for each place |
//! | one's own program | `{"logits": […]}`, perhaps with `tokens`; a list of `{"token", "logit"}` |

use serde_json::{Map, Value};

use super::{Read, WORDS, dictionary, number, text};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::named;

/// What stands in every such file, before it is looked at more closely.
const SIGNS: [&str; 5] = ["\"logprob", "\"logit", "\"top_", "\"prob", "\"choices\""];
/// What a list of numbers may be called as well.
const LOGITS: [&str; 2] = ["logprobs", "log_probs"];
/// What the names of tokens are called beside it.
const TOKENS: [&str; 4] = ["tokens", "token", "names", "labels"];

type Row = Vec<(String, f64)>;

/// What a part of an answer holds.
enum Found {
    /// A row for each place of the text.
    Rows(Vec<Row>),
    /// The tokens that were chosen, and none beside them.
    Chosen,
    /// Probabilities.
    Probabilities,
    Nothing,
}

/// Reads an answer, if the text is one.
///
/// # Errors
/// An answer without log-probabilities of other tokens than those that were chosen; rows that are no numbers.
pub(super) fn answer(written: &str, file: &str) -> Result<Option<Read>, Refusal> {
    if !SIGNS.iter().any(|sign| written.contains(sign)) {
        return Ok(None);
    }
    let Some(value) = json(written) else { return Ok(None) };
    if let Some(read) = value.as_object().map(|fields| listed(fields, file)).transpose()?.flatten() {
        return Ok(Some(read));
    }
    let answers = value.get("choices").and_then(Value::as_array).map_or(1, Vec::len);
    let refused = |id: &str| Err(Refusal(WORDS.with(id, &named![file])));
    match found(&value, true) {
        Found::Rows(rows) => {
            let unused = value.as_array().map_or_else(Vec::new, |list| spare(list));
            Ok(Some(Read { answers, unused, ..Read::named(rows) }))
        }
        Found::Chosen => refused("refused.no-top"),
        Found::Probabilities => refused("refused.probabilities"),
        Found::Nothing => Ok(None),
    }
}

/// `{"logits": […], "tokens": […]}`, or with an object of names and logits; what else stands there is not used.
fn listed(fields: &Map<String, Value>, file: &str) -> Result<Option<Read>, Refusal> {
    let numbers = |value: &&Value| {
        value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_number))
    };
    let others = || LOGITS.iter().find_map(|name| Some((*name, fields.get(*name).filter(numbers)?)));
    let Some((called, logits)) = fields.get("logits").map(|logits| ("logits", logits)).or_else(others) else {
        return Ok(None);
    };
    let mut read = match logits {
        Value::Array(_) => Read::bare(text::array(&logits.to_string(), file)?),
        Value::Object(_) => Read::named(vec![dictionary::pairs(&logits.to_string(), file)?]),
        _ => return Ok(None),
    };
    let names = |value: &Value| -> Option<Vec<String>> {
        let names: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
        let fits = |names: &Vec<&str>| read.rows.iter().all(|row| row.len() == names.len());
        names.filter(fits).map(|names| names.into_iter().map(str::to_owned).collect())
    };
    let found = TOKENS.iter().find_map(|name| Some((*name, names(fields.get(*name)?)?)));
    let used = found.as_ref().filter(|_| read.names.is_empty()).map(|(name, _)| *name);
    if let (Some(_), Some((_, names))) = (used, found) {
        read.names = vec![names; read.rows.len()];
    }
    let others = fields.keys().filter(|name| *name != called && Some(name.as_str()) != used);
    read.unused = others.map(|name| Text::same(name.clone())).collect();
    Ok(Some(read))
}

/// What a part of an answer holds. A list is one of candidates for one place (`candidates`), or of places.
fn found(value: &Value, candidates: bool) -> Found {
    const PARTS: [(&str, bool); 5] = [
        ("choices", false),
        ("completion_probabilities", false),
        ("top_logprobs", true),
        ("logprobs", false),
        ("content", false),
    ];
    match value {
        Value::Null => Found::Chosen,
        Value::Array(list) => of_list(list, candidates),
        Value::Object(fields) => {
            let part = PARTS.iter().find_map(|(name, own)| Some((*name, fields.get(*name)?, *own)));
            let Some((name, part, own)) = part else { return Found::Nothing };
            match found(part, own) {
                Found::Nothing if name == "choices" && part.is_array() => Found::Chosen,
                found => found,
            }
        }
        _ => Found::Nothing,
    }
}

fn of_list(list: &[Value], candidates: bool) -> Found {
    // A token may be called like a field; its value is a number then.
    let has = |name: &str| list.iter().any(|place| place.get(name).is_some_and(|value| !value.is_number()));
    let named = |place: &Value| place.get("token").is_some_and(Value::is_string);
    let rows = |rows: Option<Vec<Row>>| match rows {
        None => Found::Nothing,
        Some(rows) => match rows.into_iter().filter(|row| !row.is_empty()).collect::<Vec<_>>() {
            rows if rows.is_empty() => Found::Chosen,
            rows => Found::Rows(rows),
        },
    };
    if has("top_logprobs") {
        let top = list.iter().map(|place| place.get("top_logprobs").unwrap_or(&Value::Null));
        return rows(top.map(row).collect());
    }
    if has("message") || has("logprobs") {
        // Of several answers the first.
        let first = list.first().and_then(|first| first.get("logprobs"));
        return first.map_or(Found::Chosen, |first| found(first, false));
    }
    if has("probs")
        || has("top_probs")
        || list.iter().any(|place| named(place) && place.get("prob").is_some())
    {
        return Found::Probabilities;
    }
    match list.iter().map(entry).collect::<Option<Row>>() {
        Some(entries) if candidates && !entries.is_empty() => Found::Rows(vec![entries]),
        Some(_) => Found::Chosen,
        None => rows(list.iter().map(row).collect()),
    }
}

/// The fields of a plain list of candidates that nothing is read from; the bytes are the token once more.
fn spare(list: &[Value]) -> Vec<Text> {
    let mut names: Vec<&str> = Vec::new();
    let plain = |place: &Value| entry(place).is_some() && place.get("top_logprobs").is_none();
    if list.iter().all(plain) {
        for name in list.iter().filter_map(Value::as_object).flat_map(Map::keys) {
            let read = ["token", "logprob", "logit", "bytes"].contains(&name.as_str());
            if !read && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names.into_iter().map(|name| Text::same(name.to_owned())).collect()
}

/// The candidates of one place; none where the server was not asked for any.
fn row(place: &Value) -> Option<Row> {
    match place {
        Value::Null => Some(Row::new()),
        Value::Array(list) => list.iter().map(entry).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| Some((name.clone(), numeric(value)?))).collect()
        }
        _ => None,
    }
}

fn entry(entry: &Value) -> Option<(String, f64)> {
    let value = entry.get("logprob").or_else(|| entry.get("logit"))?;
    Some((entry.get("token")?.as_str()?.to_string(), numeric(value)?))
}

fn numeric(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| number(value.as_str()?))
}

/// JSON, also with NaN and Infinity, as Python writes it.
fn json(written: &str) -> Option<Value> {
    let strict = serde_json::from_str(written).ok();
    strict.or_else(|| serde_json::from_str(&quoted(written)).ok())
}

/// NaN and Infinity in quotation marks.
fn quoted(written: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(written.len()), false, false);
    for (at, sign) in written.char_indices() {
        let before = out.len();
        out.push(sign);
        if inside {
            inside = sign != '"' || escaped;
            escaped = sign == '\\' && !escaped;
            continue;
        }
        inside = sign == '"';
        for word in ["NaN", "Infinity"] {
            if written[..at + sign.len_utf8()].ends_with(word) {
                let begins = before + sign.len_utf8() - word.len();
                let begins = if out[..begins].ends_with('-') { begins - 1 } else { begins };
                out.insert(begins, '"');
                out.push('"');
            }
        }
    }
    out
}
