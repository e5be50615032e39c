//! Cutting by a pattern that a file brings along.

use std::ops::Range;

use super::Pattern;
use super::error::PatternError;

/// What becomes of the places where a pattern matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Behavior {
    /// Each is a word.
    Isolated,
    /// They are lost.
    Removed,
    /// Each belongs to the word before it; of several in a row the first.
    MergedWithPrevious,
    /// Each belongs to the word after it; of several in a row the last.
    MergedWithNext,
    /// Those in a row are one word.
    Contiguous,
}

/// A cut at the places where a pattern matches, or with `invert` where it does not.
///
/// # Examples
/// ```
/// use concepts::tokenizer::pretokenize::{Behavior, Split};
/// let cut = |behavior, invert| {
///     let words = Split::regex(r"\p{N}", behavior, invert)?.ranges("ab12c")?;
///     Ok::<_, concepts::tokenizer::pretokenize::PatternError>(words.into_iter().map(|w| &"ab12c"[w]).collect::<Vec<_>>())
/// };
/// assert_eq!(cut(Behavior::Isolated, false)?, ["ab", "1", "2", "c"]);
/// assert_eq!(cut(Behavior::Removed, false)?, ["ab", "c"]);
/// assert_eq!(cut(Behavior::Removed, true)?, ["1", "2"]);
/// assert_eq!(cut(Behavior::MergedWithPrevious, false)?, ["ab1", "2", "c"]);
/// assert_eq!(cut(Behavior::MergedWithNext, false)?, ["ab", "1", "2c"]);
/// assert_eq!(cut(Behavior::Contiguous, false)?, ["ab", "12", "c"]);
/// # Ok::<(), concepts::tokenizer::pretokenize::PatternError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pattern: Pattern,
    behavior: Behavior,
    invert: bool,
}

impl Split {
    /// A cut by any pattern.
    pub fn new(pattern: Pattern, behavior: Behavior, invert: bool) -> Self {
        Self { pattern, behavior, invert }
    }

    /// A cut by a regular expression.
    ///
    /// # Errors
    /// [`PatternError::Invalid`], [`PatternError::Unlike`].
    pub fn regex(pattern: &str, behavior: Behavior, invert: bool) -> Result<Self, PatternError> {
        Ok(Self::new(Pattern::regex(pattern)?, behavior, invert))
    }

    /// A cut by a text.
    ///
    /// # Errors
    /// [`PatternError::Invalid`] if it is empty.
    pub fn text(text: &str, behavior: Behavior, invert: bool) -> Result<Self, PatternError> {
        Ok(Self::new(Pattern::text(text)?, behavior, invert))
    }

    /// The pattern.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// What becomes of the matches.
    pub fn behavior(&self) -> Behavior {
        self.behavior
    }

    /// Whether the stretches between matches count as the matches.
    pub fn invert(&self) -> bool {
        self.invert
    }

    /// The words of a text, in order.
    ///
    /// # Errors
    /// [`PatternError::TooSlow`].
    pub fn ranges(&self, text: &str) -> Result<Vec<Range<usize>>, PatternError> {
        let mut stretches = stretches(text, self.pattern.places(text)?);
        if self.invert {
            stretches.iter_mut().for_each(|(_, is_match)| *is_match = !*is_match);
        }
        Ok(self.behavior.words(stretches))
    }
}

/// A stretch of text, and whether it is a match.
pub(super) type Stretch = (Range<usize>, bool);

/// The matches and what stands between them.
pub(super) fn stretches(text: &str, matches: impl IntoIterator<Item = Range<usize>>) -> Vec<Stretch> {
    let mut all = Vec::new();
    let mut end = 0;
    for found in matches {
        if end < found.start {
            all.push((end..found.start, false));
        }
        end = found.end;
        all.push((found, true));
    }
    if end < text.len() {
        all.push((end..text.len(), false));
    }
    all
}

impl Behavior {
    /// The words that are made of these stretches. Empty matches count until the last step.
    pub(super) fn words(self, stretches: Vec<Stretch>) -> Vec<Range<usize>> {
        let joins = |last: bool, next: bool| match self {
            Self::Contiguous => last == next,
            Self::MergedWithPrevious => next && !last,
            Self::MergedWithNext => last && !next,
            Self::Isolated | Self::Removed => false,
        };
        let mut words: Vec<Range<usize>> = Vec::new();
        let mut before = None;
        for (stretch, is_match) in stretches {
            if self == Self::Removed && is_match {
                continue;
            }
            match words.last_mut() {
                Some(word) if before.is_some_and(|before| joins(before, is_match)) => word.end = stretch.end,
                _ => words.push(stretch),
            }
            before = Some(is_match);
        }
        words.retain(|word| !word.is_empty());
        words
    }
}
