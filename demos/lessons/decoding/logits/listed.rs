//! A table of tokens and their logits or log-probabilities.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Read, WORDS};
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::named;

/// The names that the columns of a table may have.
const TOKENS: [&str; 7] = ["token", "tok", "text", "词元", "标记", "文本", "词"];
const IDS: [&str; 7] = ["token_id", "token_ids", "id", "ids", "index", "编号", "序号"];
const LOGITS: [&str; 8] =
    ["logit", "logits", "logprob", "logprobs", "log_prob", "log_probs", "对数概率", "对数几率"];

/// Does the first line name a column of logits, or one of tokens beside another column?
pub(super) fn is_table(text: &str) -> bool {
    let header = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("");
    let names: Vec<String> =
        header.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let has = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    has(&LOGITS) || (names.len() > 1 && has(&TOKENS))
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
    told_apart(&csv, ids.or(tokens))?;
    let read: Vec<usize> = [Some(logits), tokens.or(ids)].into_iter().flatten().collect();
    let rows = vec![names.into_iter().zip(numbers).collect()];
    Ok(Read { unused: csv.spare(&read), ..Read::named(rows) })
}

/// One token has one logit. Two ids may look alike (bytes that are no whole character), so where there are ids, they
/// tell.
fn told_apart(csv: &Csv, column: Option<usize>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let again = column.and_then(|column| {
        csv.verbatim(column).find(|(_, cell)| !seen.insert(*cell)).map(|(line, cell)| (line, column, cell))
    });
    again.map_or(Ok(()), |(line, column, cell)| {
        let found: String = cell.chars().take(super::LONGEST_QUOTE).collect();
        Err(csv.refused_at(line, column, &WORDS.with("refused.row-again", &named![found])))
    })
}
