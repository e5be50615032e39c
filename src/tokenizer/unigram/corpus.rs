//! What goes into training and what comes out, as both trainers have it.

use super::UnigramError;

/// A word and how often it occurs.
pub(super) type WordCount<'a> = (&'a str, u64);

/// The words that occur.
pub(super) fn occurring<S: AsRef<str>>(corpus: &[(S, u64)]) -> Result<Vec<WordCount<'_>>, UnigramError> {
    let words = corpus.iter().map(|(word, count)| (word.as_ref(), *count));
    let words: Vec<WordCount<'_>> = words.filter(|(word, count)| !word.is_empty() && *count > 0).collect();
    if words.is_empty() { Err(UnigramError::EmptyCorpus) } else { Ok(words) }
}

/// The pieces with the most probable first; of equally probable ones the smaller text.
pub(super) fn in_order(mut pieces: Vec<(String, f64)>) -> Vec<(String, f64)> {
    pieces.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    pieces
}
