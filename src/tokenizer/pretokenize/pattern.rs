//! What is looked for in a text: a text or a regular expression that a file brings along.

use std::ops::Range;

use fancy_regex::{Regex, RegexBuilder};

use super::dialect;
use super::error::{Limit, PatternError, PatternFault};
use super::runs::Runs;

/// A text or a regular expression.
///
/// # Examples
/// ```
/// use concepts::tokenizer::pretokenize::Pattern;
/// assert_eq!(Pattern::regex(r"\p{N}+")?.places("a12b3")?, [1..3, 4..5]);
/// assert_eq!(Pattern::text("b")?.places("a12b3")?, [3..4]);
/// // Which characters are `\w` differs from program to program; here it is as in Oniguruma, which Hugging
/// // Face uses.
/// assert_eq!(Pattern::regex(r"\b")?.places("it's")?, [0..0, 2..2, 3..3, 4..4]);
/// # Ok::<(), concepts::tokenizer::pretokenize::PatternError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    /// Nothing for a text that stands for itself.
    regex: Option<Regex>,
    /// The same without looking ahead, where it ends as most do.
    runs: Option<Box<Runs>>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.is_regex() == other.is_regex()
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// A regular expression, as Hugging Face reads it.
    ///
    /// # Errors
    /// [`PatternError::Invalid`], [`PatternError::Unlike`].
    pub fn regex(pattern: &str) -> Result<Self, PatternError> {
        Self::compiled(pattern, &dialect::translated(pattern)?, true)
    }

    /// A regular expression as tiktoken reads it, with the same program as here.
    ///
    /// # Errors
    /// [`PatternError::Invalid`]
    pub fn tiktoken(pattern: &str) -> Result<Self, PatternError> {
        Self::compiled(pattern, pattern, false)
    }

    fn compiled(pattern: &str, said: &str, oniguruma: bool) -> Result<Self, PatternError> {
        let build = |said: &str| RegexBuilder::new(said).oniguruma_mode(oniguruma).build();
        let regex = build(said)
            .map_err(|error| PatternError::Invalid { pattern: pattern.into(), reason: error.into() })?;
        Ok(Self { text: pattern.into(), regex: Some(regex), runs: Runs::of(said, build).map(Box::new) })
    }

    /// A text.
    ///
    /// # Errors
    /// [`PatternError::Invalid`] if it is empty.
    pub fn text(text: &str) -> Result<Self, PatternError> {
        if text.is_empty() {
            return Err(PatternError::Invalid { pattern: String::new(), reason: PatternFault::Empty });
        }
        Ok(Self { text: text.into(), regex: None, runs: None })
    }

    /// The text, or the regular expression as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is a regular expression.
    pub fn is_regex(&self) -> bool {
        self.regex.is_some()
    }

    /// Where it matches, from left to right; a match may be empty.
    ///
    /// # Errors
    /// [`PatternError::TooSlow`].
    pub fn places(&self, text: &str) -> Result<Vec<Range<usize>>, PatternError> {
        let Some(regex) = &self.regex else {
            return Ok(text.match_indices(&self.text).map(|(at, part)| at..at + part.len()).collect());
        };
        let places: Result<Vec<_>, _> = match &self.runs {
            Some(runs) => runs.places(text),
            None => regex.find_iter(text).map(|found| Ok(found?.range())).collect(),
        };
        places.map_err(|error| PatternError::TooSlow {
            pattern: self.text.clone(),
            reason: Limit::from(&error),
        })
    }
}
