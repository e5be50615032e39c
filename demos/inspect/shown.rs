//! Tokens and texts of a model on one line.

use concepts::tokenizer::TokenId;

use crate::kit::visible::visible;
use crate::real::Real;

/// Characters of a token that are shown.
const LONGEST: usize = 40;

/// Ends of lines and tabs by their signs, other controls written out.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.replace('\n', "⏎").replace('\t', "⇥")).into_owned()
}

/// A token as it stands in a text, spaces by their sign; one that is no text as the file has it.
pub(super) fn token(real: &Real, id: TokenId) -> String {
    let special = real.tokenizer.added().iter().any(|added| added.id == id && added.special);
    let bytes = real.tokenizer.decode_bytes(&[id]).unwrap_or_default();
    let shown = match String::from_utf8(bytes) {
        Ok(text) if !special && !text.is_empty() => text.replace(' ', "␣"),
        _ => real.tokenizer.token(id).unwrap_or_default(),
    };
    let begun: String = shown.chars().take(LONGEST).collect();
    one_line(&begun) + if begun.len() < shown.len() { "…" } else { "" }
}
