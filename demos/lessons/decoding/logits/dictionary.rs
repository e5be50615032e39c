//! Names of tokens with their logits: `{"the": 2.1, " cat": -0.3}`, as JSON or as Python prints it.

use std::collections::BTreeSet;

use super::{WORDS, comma, no_number, number};
use crate::kit::knob::Refusal;
use crate::named;

/// The pairs, in the order of the file. JSON's readers know no NaN and no Infinity, which Python writes.
pub(super) fn pairs(text: &str, file: &str) -> Result<Vec<(String, f64)>, Refusal> {
    let refused = || Refusal(WORDS.with("refused.brace", &named![file]));
    let mut rest =
        text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}')).ok_or_else(refused)?.trim();
    let mut pairs: Vec<(String, f64)> = Vec::new();
    while !rest.is_empty() {
        let place = pairs.len() + 1;
        let (name, after) = quoted(rest).ok_or_else(|| no_name(file, place, rest))?;
        let after =
            after.trim_start().strip_prefix(':').ok_or_else(|| no_name(file, place, rest))?.trim_start();
        let end = match quoted(after) {
            // −inf may stand in quotes.
            Some((_, behind)) => after.len() - behind.len(),
            None => after.find(comma()).unwrap_or(after.len()),
        };
        let (word, behind) = after.split_at(end);
        let logit = number(word).ok_or_else(|| no_number(file, place, word))?;
        pairs.push((name, logit));
        rest = match behind.trim_start() {
            "" => "",
            behind => behind.strip_prefix(',').ok_or_else(|| no_number(file, place, behind))?.trim_start(),
        };
    }
    let mut seen = BTreeSet::new();
    match pairs.iter().position(|(name, _)| !seen.insert(name)) {
        Some(again) => {
            let found: String = pairs[again].0.chars().take(super::LONGEST_QUOTE).collect();
            Err(Refusal(WORDS.with("refused.name-again", &named![file, place = again + 1, found])))
        }
        None => Ok(pairs),
    }
}

/// A word in quotes, of JSON or of Python, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|sign| ['"', '\''].contains(sign))?;
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, sign)| {
        let ends = sign == quote && !escaped;
        escaped = sign == '\\' && !escaped;
        ends
    })?;
    let (inside, after) = (&text[1..end.0], &text[end.0 + 1..]);
    let json = format!("\"{}\"", if quote == '"' { inside.into() } else { of_python(inside) });
    let name = serde_json::from_str(&json).unwrap_or_else(|_| inside.to_string());
    Some((name, after))
}

/// What stands in single quotes, for double ones.
fn of_python(inside: &str) -> String {
    inside.replace("\\'", "'").replace('"', "\\\"")
}

fn no_name(file: &str, place: usize, found: &str) -> Refusal {
    let found: String = found.chars().take(super::LONGEST_QUOTE).collect();
    Refusal(WORDS.with("refused.name", &named![file, place, found]))
}
