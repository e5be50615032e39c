//! From text to ids alone: the tokens of `encode`, which here need not be told where they come from.

use super::model::Cutter;
use super::plain::apply_plain;
use super::step::apply_steps;
use super::{EncodeError, Tokenizer};
use crate::tokenizer::pretokenize::{Pretokenizer, cut_all};
use crate::tokenizer::{Allowed, Segment, TokenId};

/// In bytes: to prepare what belongs to a large model takes as long as a text of this length.
const LONG: usize = 1 << 18;

impl Tokenizer {
    /// The ids alone.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn ids(&self, text: &str, allowed: Allowed) -> Result<Vec<TokenId>, EncodeError> {
        let mut ids = Vec::with_capacity(text.len() / 4);
        match self.push_ids(text, allowed, &mut ids) {
            Ok(()) => Ok(ids),
            // The way that knows all places says where it was.
            Err(_) => Ok(self.encode_with(text, allowed)?.ids),
        }
    }

    fn push_ids(&self, text: &str, allowed: Allowed, ids: &mut Vec<TokenId>) -> Result<(), EncodeError> {
        let mut cutter = self.cutter(text);
        for (segment, given) in self.added.in_given(text, allowed) {
            let part = match segment {
                Segment::Special(id) => {
                    ids.push(id);
                    continue;
                }
                Segment::Text(part) => part,
            };
            let changed = apply_plain(&self.normalize, part)?;
            for (segment, place) in self.added.in_normalized(&changed, allowed) {
                match segment {
                    Segment::Special(id) => ids.push(id),
                    Segment::Text(part) => {
                        self.push_words(&mut cutter, part, given.start == 0 && place.start == 0, ids)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The model at work on a text.
    pub(super) fn cutter(&self, text: &str) -> Cutter<'_> {
        let whole = self.pretokenizer == Pretokenizer::None && self.cuts.is_empty() && self.steps.is_empty();
        self.model.cutter(!whole && text.len() >= LONG)
    }

    fn push_words(
        &self,
        cutter: &mut Cutter<'_>,
        text: &str,
        first: bool,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), EncodeError> {
        if self.cuts.is_empty() {
            return self.push_part(cutter, text, first, ids);
        }
        for range in cut_all(&self.cuts, text)? {
            let first = first && range.start == 0;
            self.push_part(cutter, &text[range], first, ids)?;
        }
        Ok(())
    }

    /// The words of what the cuts made.
    fn push_part(
        &self,
        cutter: &mut Cutter<'_>,
        text: &str,
        first: bool,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), EncodeError> {
        let spaced = self.spaces.plain(text, first);
        if self.steps.is_empty() {
            return cutter.push_words(self.pretokenizer, &spaced, ids);
        }
        let mut words = self.pretokenizer.split(&spaced);
        while let Some(place) = words.next_range() {
            for piece in apply_steps(&self.steps, &spaced, place, first)? {
                cutter.push_word(&piece.text, ids)?;
            }
        }
        Ok(())
    }
}
