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

/// A token on one line, and the beginning of a long one.
pub(super) fn token(real: &Real, id: TokenId) -> String {
    let shown = real.shown(id);
    let begun: String = shown.chars().take(LONGEST).collect();
    one_line(&begun) + if begun.len() < shown.len() { "…" } else { "" }
}
