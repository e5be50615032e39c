//! A table of tokens and their logits or log-probabilities.

use std::path::Path;

use super::Read;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;

/// The names that the columns of a table may have.
const TOKENS: [&str; 4] = ["token", "tok", "text", "词元"];
const IDS: [&str; 5] = ["token_id", "token_ids", "id", "ids", "index"];
const LOGITS: [&str; 6] = ["logit", "logits", "logprob", "logprobs", "log_prob", "log_probs"];

/// Does the first line name a column of logits?
pub(super) fn is_table(text: &str) -> bool {
    let header = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut names = header.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"').to_lowercase());
    names.any(|name| LOGITS.contains(&name.as_str()))
}

/// The tokens and logits of a table. Without a column of tokens they are called by their ids; without one of ids, by
/// the names of the rows (the index of a Series has no name in pandas), or counted from 0.
pub(super) fn table(path: &Path, wanted: &Wanted) -> Result<Read, Refusal> {
    let csv = Csv::read(path, wanted)?;
    let logits = csv.column_of(&LOGITS)?;
    // A token that a cut took out stands at −∞.
    let cut = |cell: &str| super::number(cell).filter(|logit| *logit == f64::NEG_INFINITY);
    let numbers = csv.numbers_with(logits, cut)?;
    let tokens = csv.column_of(&TOKENS).ok();
    let index = || csv.header().first().filter(|name| name.is_empty()).map(|_| 0);
    let ids = csv.column_of(&IDS).ok().or_else(index);
    let names: Vec<String> = match (tokens, ids) {
        (Some(tokens), _) => csv.verbatim(tokens).map(|(_, cell)| cell.to_owned()).collect(),
        (None, Some(ids)) => csv.texts(ids).into_iter().map(str::to_owned).collect(),
        (None, None) => (0..numbers.len()).map(|id| id.to_string()).collect(),
    };
    let read: Vec<usize> = [Some(logits), tokens.or(ids)].into_iter().flatten().collect();
    let rows = vec![names.into_iter().zip(numbers).collect()];
    Ok(Read { unused: csv.spare(&read), ..Read::named(rows) })
}
