//! SentencePiece's way: a space is a visible character like any other.

/// `▁`, which stands for a space.
pub const METASPACE: char = '▁';

/// Writes every space as `▁`, with one more before the text, so that a word looks the same at the
/// start of the text as inside.
///
/// # Examples
/// ```
/// use concepts::tokenizer::pretokenize::{escape_spaces, unescape_spaces};
/// assert_eq!(escape_spaces("a  b"), "▁a▁▁b");
/// assert_eq!(unescape_spaces("▁a▁▁b"), "a  b");
/// ```
///
/// # Reference
/// Kudo & Richardson 2018, *SentencePiece*, section 3.1 (`add_dummy_prefix`; without its folding of
/// repeated spaces, which would lose them).
pub fn escape_spaces(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + METASPACE.len_utf8());
    if !text.is_empty() {
        result.push(METASPACE);
    }
    result.extend(text.chars().map(|c| if c == ' ' { METASPACE } else { c }));
    result
}

/// The way back. A `▁` that the text itself had becomes a space.
pub fn unescape_spaces(text: &str) -> String {
    let rest = text.strip_prefix(METASPACE).unwrap_or(text);
    rest.chars().map(|c| if c == METASPACE { ' ' } else { c }).collect()
}

/// The end of the piece that starts at `at`: before the next `▁`.
pub(super) fn end(text: &str, at: usize) -> usize {
    let mut places = text[at..].char_indices().skip(1);
    places.find(|&(_, c)| c == METASPACE).map_or(text.len(), |(place, _)| at + place)
}
