//! The corpus as training sees it: distinct words, each with its count.

use std::collections::HashMap;

use super::{Base, BpeOptions, END_OF_WORD, WordEnd};
use crate::tokenizer::{Symbol, TokenizerError};

/// A word of the corpus and how often it occurs.
pub type WordCount<W> = (W, u64);

/// Counts words, in order of first appearance.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::count_words;
/// let words = count_words("low low lower low".split(' '));
/// assert_eq!(words, [("low", 3), ("lower", 1)]);
/// ```
pub fn count_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<WordCount<&'a str>> {
    let mut counts: Vec<WordCount<&str>> = Vec::new();
    let mut places = HashMap::new();
    for word in words {
        let place = *places.entry(word).or_insert_with(|| {
            counts.push((word, 0));
            counts.len() - 1
        });
        counts[place].1 += 1;
    }
    counts
}

/// The symbols of a word before any merge.
pub(super) fn base_symbols(word: &[u8], options: &BpeOptions) -> Result<Vec<Symbol>, TokenizerError> {
    let mut symbols: Vec<Symbol> = match options.base {
        Base::Bytes(_) => word.iter().map(|&byte| Symbol::from(vec![byte])).collect(),
        Base::Chars => {
            let text = str::from_utf8(word).map_err(|error| TokenizerError::NotUtf8 {
                word: Symbol::from(word),
                offset: error.valid_up_to(),
            })?;
            text.chars().map(|c| Symbol::from(&*c.encode_utf8(&mut [0; 4]))).collect()
        }
    };
    mark_end(&mut symbols, options.word_end);
    Ok(symbols)
}

/// Appends the marker, if there is one and the word is not empty.
fn mark_end(symbols: &mut Vec<Symbol>, end: WordEnd) {
    let marker = Symbol::from(END_OF_WORD);
    match end {
        WordEnd::Unmarked => {}
        WordEnd::Symbol if symbols.is_empty() => {}
        WordEnd::Symbol => symbols.push(marker),
        WordEnd::Suffix => {
            if let Some(last) = symbols.last_mut() {
                *last = last.joined(&marker);
            }
        }
    }
}

/// Refuses a corpus whose symbols cannot be counted, or whose marker could be forged.
pub(super) fn check_words<W: AsRef<[u8]>>(
    words: &[WordCount<W>],
    options: &BpeOptions,
) -> Result<(), TokenizerError> {
    let marked = options.word_end != WordEnd::Unmarked;
    let mut total: u64 = 0;
    for (word, count) in words {
        let word = word.as_ref();
        if marked && word.windows(END_OF_WORD.len()).any(|window| window == END_OF_WORD.as_bytes()) {
            return Err(TokenizerError::MarkerInText { word: Symbol::from(word), marker: END_OF_WORD });
        }
        let symbols = (word.len() as u64 + 1).checked_mul(*count);
        total =
            symbols.and_then(|symbols| total.checked_add(symbols)).ok_or(TokenizerError::TooManySymbols)?;
    }
    Ok(())
}
