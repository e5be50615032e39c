//! What SentencePiece does to text before its model sees it.

use std::collections::BTreeSet;
use std::ops::Bound::{Included, Unbounded};

use super::align::Aligned;
use super::{Charsmap, METASPACE};

/// SentencePiece's own way with text, as a file of its own says it.
///
/// Hugging Face's files say the same in several steps, and replace by whole clusters; here it is the longest
/// beginning that the table has.
///
/// # Reference
/// `Normalizer::Normalize` in SentencePiece's `normalizer.cc`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentencePiece {
    /// What is replaced first.
    pub charsmap: Option<Charsmap>,
    /// Whether one more space is put before the text.
    pub space_before: bool,
    /// Whether spaces at the ends go, and of several in a row all but one.
    pub single_spaces: bool,
    /// Whether a space is written as `▁`.
    pub escape: bool,
    /// Symbols that stay as they are; none is empty.
    pub kept: BTreeSet<String>,
}

impl SentencePiece {
    /// The beginning of a text as it is replaced, and how many bytes of the text that was.
    fn beginning<'a>(&'a self, text: &'a str) -> (&'a str, usize) {
        if let Some(length) = self.longest_kept(text) {
            return (&text[..length], length);
        }
        if let Some(found) = self.charsmap.as_ref().and_then(|table| table.longest(text)) {
            return found;
        }
        let length = text.chars().next().map_or(0, char::len_utf8);
        (&text[..length], length)
    }

    /// The bytes of the longest symbol that stays and that a text begins with.
    ///
    /// It is the last symbol in order up to the text, or, if that is no beginning of it, up to what the two have in
    /// common: a longer beginning would stand between them.
    fn longest_kept(&self, text: &str) -> Option<usize> {
        let mut most = text;
        loop {
            let last = self.kept.range::<str, _>((Unbounded, Included(most))).next_back()?;
            if text.starts_with(last.as_str()) {
                return Some(last.len()).filter(|&length| length > 0);
            }
            let same = most.char_indices().zip(last.chars()).find(|((_, a), b)| a != b);
            most = &text[..same.map_or(most.len().min(last.len()), |((at, _), _)| at)];
        }
    }

    /// Appends the changed text to an empty one.
    pub(super) fn append(&self, text: &str, out: &mut Aligned) {
        let mut at = 0;
        while self.single_spaces && at < text.len() {
            let (" ", length) = self.beginning(&text[at..]) else { break };
            at += length;
        }
        if at == text.len() {
            return;
        }
        let sign = if self.escape { METASPACE } else { ' ' };
        if self.space_before {
            out.push(at..at, sign.encode_utf8(&mut [0; 4]), false);
        }
        // What comes so far without the spaces at its end.
        let mut kept = 0;
        let mut after_space = self.single_spaces;
        while at < text.len() {
            let (new, length) = self.beginning(&text[at..]);
            let place = at..at + length;
            at = place.end;
            let same = text[place.clone()] == *new;
            let new = if after_space { new.trim_start_matches(' ') } else { new };
            if same && !new.is_empty() && !new.contains(' ') {
                out.push(place, new, true);
            } else {
                out.push(place, &new.replace(' ', sign.encode_utf8(&mut [0; 4])), false);
            }
            if !new.is_empty() {
                after_space = self.single_spaces && new.ends_with(' ');
            }
            if !out.text.ends_with(sign) {
                kept = out.text.len();
            }
        }
        if self.single_spaces {
            out.truncate(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_longest_symbol_that_stays_is_found_as_by_trying_all(
            kept in prop::collection::btree_set("[abé]{1,5}", 0..12),
            text in "[abé]{0,8}",
        ) {
            let tried = kept.iter().filter(|kept| text.starts_with(kept.as_str())).map(String::len).max();
            let all = SentencePiece { kept, ..SentencePiece::default() };
            prop_assert_eq!(all.longest_kept(&text), tried);
        }
    }
}
