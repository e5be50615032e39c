//! Patterns that leave the last space of a run to the word behind it, without looking ahead.
//!
//! The patterns of today's tokenizers end with `\s+(?!\S)|\s+`: of a run of whitespace before a word all but its last
//! character, else all of it. To look ahead takes an engine that goes back and tries again; one that reads each byte once
//! takes about a fifth less time for a text. And the run is known when it is found: so `\s+` alone is looked for, and where
//! something other than whitespace stands behind it, its last character is given back.

use std::ops::Range;

use fancy_regex::{Error, Regex};

/// How such a pattern ends.
const END: &str = r"|\s+(?!\S)|\s+";

/// A pattern that ends so.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    /// With `\s+` in the place of the end.
    all: Regex,
    /// Without the end.
    before: Regex,
}

impl Runs {
    /// The parts of a pattern, if it ends so and what stands before takes no empty text.
    pub(super) fn of(said: &str, build: impl Fn(&str) -> Result<Regex, Error>) -> Option<Self> {
        // A bar behind a backslash is a bar of the text.
        let before = said.strip_suffix(END).filter(|before| !before.ends_with('\\'))?;
        let (all, before) = (build(&format!(r"{before}|\s+")).ok()?, build(before).ok()?);
        matches!(before.find(""), Ok(None)).then_some(Self { all, before })
    }

    /// Where the pattern matches, from left to right.
    pub(super) fn places(&self, text: &str) -> Result<Vec<Range<usize>>, Error> {
        let (mut places, mut at) = (Vec::new(), 0);
        while let Some(found) = self.all.find_from_pos(text, at)? {
            at = self.end(text, found.range())?;
            places.push(found.start()..at);
        }
        Ok(places)
    }

    /// The end of a match: of a run of whitespace before something else, the last character is not in it.
    fn end(&self, text: &str, found: Range<usize>) -> Result<usize, Error> {
        let run = &text[found.clone()];
        let mut backwards = run.char_indices().rev();
        let last = backwards.next().map_or(found.start, |(last, _)| found.start + last);
        if found.end == text.len() || last == found.start || !run.chars().all(char::is_whitespace) {
            return Ok(found.end);
        }
        // What stands before the end of the pattern may take whitespace too, such as ends of lines.
        let earlier = self.before.find_from_pos(text, found.start)?;
        Ok(if earlier.is_some_and(|earlier| earlier.start() == found.start) { found.end } else { last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_patterns_are_left_alone() {
        for pattern in [r"\w+", r"a\|\s+(?!\S)|\s+", r"a*|\s+(?!\S)|\s+", r"\s+(?!\S)|\s+"] {
            assert!(Runs::of(pattern, Regex::new).is_none(), "{pattern}");
        }
    }
}
