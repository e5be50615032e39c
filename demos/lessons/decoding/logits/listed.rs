//! Tokens with their log-probabilities, as servers answer and as tables have them. A softmax of them is the model's
//! distribution over the tokens that are listed.

use std::path::Path;

use serde_json::Value;

use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;

/// The names that the columns of a table may have.
const TOKENS: [&str; 4] = ["token", "tok", "text", "词元"];
const LOGITS: [&str; 6] = ["logit", "logits", "logprob", "logprobs", "log_prob", "log_probs"];

/// A row for each place in the text, or the one row that there is.
pub(super) type Rows = Vec<Vec<(String, f64)>>;

/// What OpenAI's interface, llama.cpp and vLLM call `top_logprobs`: the answer, or a part of it.
pub(super) fn answer(text: &str) -> Option<Rows> {
    if !text.contains("\"logprob\"") {
        return None;
    }
    rows(&serde_json::from_str(text).ok()?)
}

fn rows(value: &Value) -> Option<Rows> {
    match value {
        Value::Array(list) if list.iter().any(|place| place.get("top_logprobs").is_some()) => {
            list.iter().map(|place| row(place.get("top_logprobs")?)).collect()
        }
        Value::Array(_) => row(value).map(|row| vec![row]),
        Value::Object(fields) => {
            let inner = ["choices", "logprobs", "content", "completion_probabilities", "top_logprobs"];
            let inside = inner.iter().find_map(|name| fields.get(*name))?;
            // Of several answers the first.
            match inside.get(0).filter(|first| first.get("logprobs").is_some()) {
                Some(first) => rows(first),
                None => rows(inside),
            }
        }
        _ => None,
    }
}

fn row(list: &Value) -> Option<Vec<(String, f64)>> {
    let pair =
        |entry: &Value| Some((entry.get("token")?.as_str()?.to_string(), entry.get("logprob")?.as_f64()?));
    list.as_array()?.iter().map(pair).collect::<Option<Vec<_>>>().filter(|row| !row.is_empty())
}

/// Does the first line name a column of logits?
pub(super) fn is_table(text: &str) -> bool {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut names = header.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"').to_lowercase());
    names.any(|name| LOGITS.contains(&name.as_str()))
}

/// The tokens and logits of a table; without a column of tokens they are counted from 0, as ids are.
pub(super) fn table(path: &Path, wanted: &Wanted) -> Result<Vec<(String, f64)>, Refusal> {
    let csv = Csv::read(path, wanted)?;
    // A token that a cut took out stands at −∞.
    let cut = |cell: &str| super::number(cell).filter(|logit| *logit == f64::NEG_INFINITY);
    let logits = csv.numbers_with(csv.column_of(&LOGITS)?, cut)?;
    let names: Vec<String> = match csv.column_of(&TOKENS) {
        Ok(column) => csv.texts(column).into_iter().map(str::to_owned).collect(),
        Err(_) => (0..logits.len()).map(|id| id.to_string()).collect(),
    };
    Ok(names.into_iter().zip(logits).collect())
}
