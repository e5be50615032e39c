//! One of several cuts, each made in the words of the one before.

use std::ops::Range;

use regex_syntax::is_word_character;
use unicode_categories::UnicodeCategories;

use super::PatternError;
use super::Pretokenizer;
use super::scripts::by_script;
use super::split::{Behavior, Split, stretches};

/// One of several cuts that are made one after the other.
///
/// # Examples
/// ```
/// use concepts::tokenizer::pretokenize::{Behavior, Cut, cut_all};
/// let text = "No 42, ok_1?";
/// let words = |cuts: &[Cut]| -> Vec<&str> { cut_all(cuts, text).unwrap().into_iter().map(|w| &text[w]).collect() };
/// assert_eq!(words(&[Cut::WordsAndSigns]), ["No", "42", ",", "ok_1", "?"]);
/// assert_eq!(words(&[Cut::WordsAndSigns, Cut::Digits { alone: true }]), ["No", "4", "2", ",", "ok_", "1", "?"]);
/// assert_eq!(words(&[Cut::Punctuation(Behavior::Removed)]), ["No 42", " ok", "1"]);
/// assert_eq!(words(&[Cut::Every(5)]), ["No 42", ", ok_", "1?"]);
/// assert_eq!(words(&[Cut::Scripts]), ["No ", "42, ", "ok", "_1?"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// One of the cuts that need no pattern.
    Known(Pretokenizer),
    /// By a pattern.
    Split(Split),
    /// Runs of word characters and runs of other signs; whitespace is lost (Hugging Face's `Whitespace`).
    WordsAndSigns,
    /// At punctuation signs.
    Punctuation(Behavior),
    /// After so many characters, and so on; not 0.
    Every(usize),
    /// Where a script ends: kana and Han are one, and what stands before the first script is lost.
    Scripts,
    /// Around digits: each of them, or each run.
    Digits {
        /// Whether each digit is a word.
        alone: bool,
    },
}

impl Cut {
    /// The words of a text, in order.
    ///
    /// # Errors
    /// [`PatternError::TooSlow`].
    pub fn ranges(&self, text: &str) -> Result<Vec<Range<usize>>, PatternError> {
        match self {
            Self::Known(how) => {
                let mut words = how.split(text);
                Ok(std::iter::from_fn(|| words.next_range()).collect())
            }
            Self::Split(split) => split.ranges(text),
            Self::WordsAndSigns => Ok(words_and_signs(text)),
            Self::Punctuation(behavior) => Ok(by_character(text, is_punctuation, *behavior)),
            Self::Every(characters) => Ok(by_length(text, *characters)),
            Self::Scripts => Ok(by_script(text)),
            Self::Digits { alone } => {
                let behavior = if *alone { Behavior::Isolated } else { Behavior::Contiguous };
                Ok(by_character(text, char::is_numeric, behavior))
            }
        }
    }

    /// Whether the words, one after the other, are the text again.
    pub fn is_lossless(&self) -> bool {
        match self {
            Self::Known(how) => how.is_lossless(),
            Self::Split(split) => split.behavior() != Behavior::Removed,
            Self::WordsAndSigns | Self::Scripts => false,
            Self::Every(_) => true,
            Self::Punctuation(behavior) => *behavior != Behavior::Removed,
            Self::Digits { .. } => true,
        }
    }
}

/// The words that are left after all cuts.
///
/// # Errors
/// [`PatternError::TooSlow`].
pub fn cut_all(cuts: &[Cut], text: &str) -> Result<Vec<Range<usize>>, PatternError> {
    let mut words: Vec<Range<usize>> = std::iter::once(0..text.len()).collect();
    for cut in cuts {
        let mut next = Vec::with_capacity(words.len());
        for word in words {
            let inside = cut.ranges(&text[word.clone()])?;
            next.extend(inside.into_iter().map(|part| word.start + part.start..word.start + part.end));
        }
        words = next;
    }
    Ok(words)
}

fn by_character(text: &str, is_match: impl Fn(char) -> bool, behavior: Behavior) -> Vec<Range<usize>> {
    let matches = text.char_indices().filter(|&(_, c)| is_match(c)).map(|(at, c)| at..at + c.len_utf8());
    behavior.words(stretches(text, matches))
}

/// As Hugging Face has it, with the tables that it uses: signs that Unicode took in later are none.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

fn by_length(text: &str, characters: usize) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(characters.max(1)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
}

fn words_and_signs(text: &str) -> Vec<Range<usize>> {
    let class = |c: char| (!c.is_whitespace()).then(|| is_word_character(c));
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let (this, end) = (class(c), at + c.len_utf8());
        match words.last_mut() {
            Some(word) if this.is_some() && this == before => word.end = end,
            _ if this.is_some() => words.push(at..end),
            _ => {}
        }
        before = this;
    }
    words
}
