//! From text to ids.

use std::ops::Range;

use super::model::{BpeCutter, Cutter};
use super::normalize::apply_all;
use super::step::apply_steps;
use super::{EncodeError, Encoding, Model, Spaces, Tokenizer};
use crate::tokenizer::pretokenize::{Cut, cut_all};
use crate::tokenizer::{Allowed, Segment, TokenId};

impl Tokenizer {
    /// Encodes text from outside: special tokens in it are ordinary text.
    ///
    /// # Errors
    /// [`EncodeError::UnknownCharacter`] if there is a character without a token, and no unknown token.
    pub fn encode(&self, text: &str) -> Result<Encoding, EncodeError> {
        self.encode_with(text, Allowed::None)
    }

    /// Encodes text that may hold special tokens.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encode_with(&self, text: &str, allowed: Allowed) -> Result<Encoding, EncodeError> {
        let mut encoding = Encoding::default();
        self.visit(text, allowed, |id, bytes| {
            encoding.ids.push(id);
            encoding.tokens.push(self.token(id).unwrap_or_default());
            encoding.offsets.push(bytes);
        })?;
        Ok(encoding)
    }

    /// Encodes bytes that need not be text.
    ///
    /// A byte-level tokenizer that changes no text takes any bytes; no special token is looked for. Any other
    /// reads them as text.
    ///
    /// # Errors
    /// [`EncodeError::NotText`]; otherwise as [`encode`](Self::encode).
    pub fn encode_bytes(&self, bytes: &[u8]) -> Result<Vec<TokenId>, EncodeError> {
        let error = match str::from_utf8(bytes) {
            Ok(text) => return self.ids(text, Allowed::None),
            Err(error) => error,
        };
        match &self.model {
            Model::Bpe(bpe, rules)
                if self.model.is_byte_level()
                    && self.normalize.is_empty()
                    && self.spaces == Spaces::Kept
                    && self.steps.is_empty()
                    && self.cuts.iter().all(Cut::is_lossless)
                    && self.pretokenizer.is_lossless() =>
            {
                let mut ids = Vec::new();
                let mut cutter = BpeCutter::new(bpe, *rules, true);
                let mut add = |word: &[u8]| {
                    ids.extend(cutter.word(word)?.into_iter().map(|(id, _)| id));
                    Ok::<(), EncodeError>(())
                };
                // Bytes that are no character are a word of their own.
                for chunk in bytes.utf8_chunks() {
                    for part in cut_all(&self.cuts, chunk.valid())? {
                        let words = self.pretokenizer.split(&chunk.valid()[part]);
                        words.map(str::as_bytes).try_for_each(&mut add)?;
                    }
                    if !chunk.invalid().is_empty() {
                        add(chunk.invalid())?;
                    }
                }
                Ok(ids)
            }
            _ => Err(EncodeError::NotText { offset: error.valid_up_to() }),
        }
    }

    /// Ids between the tokens that the model wants around them.
    ///
    /// # Examples
    /// ```
    /// # use concepts::tokenizer::{Tokenizer, pretokenize::BertNormalizer, wordpiece::WordPiece};
    /// let pieces = ["[UNK]", "[CLS]", "[SEP]", "a"].map(String::from).to_vec();
    /// let tokenizer = Tokenizer::bert(WordPiece::new(pieces, "[UNK]")?, BertNormalizer::default())
    ///     .with_frame(vec![1], vec![2])?;
    /// assert_eq!(tokenizer.framed(&tokenizer.encode("a")?.ids), [1, 3, 2]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn framed(&self, ids: &[TokenId]) -> Vec<TokenId> {
        [&self.frame.0, ids, &self.frame.1].concat()
    }

    /// Calls `found` for each token, with the bytes of the text that it comes from.
    fn visit(
        &self,
        text: &str,
        allowed: Allowed,
        mut found: impl FnMut(TokenId, Range<usize>),
    ) -> Result<(), EncodeError> {
        let mut cutter = self.cutter(text);
        for (segment, given) in self.added.in_given(text, allowed) {
            let part = match segment {
                Segment::Special(id) => {
                    found(id, given);
                    continue;
                }
                Segment::Text(part) => part,
            };
            let aligned = apply_all(&self.normalize, part)?;
            for (segment, place) in self.added.in_normalized(&aligned.text, allowed) {
                let origin = |range: Range<usize>| {
                    let range = aligned.origin(place.start + range.start..place.start + range.end);
                    given.start + range.start..given.start + range.end
                };
                match segment {
                    Segment::Special(id) => found(id, origin(0..place.len())),
                    Segment::Text(part) => {
                        let first = given.start == 0 && place.start == 0;
                        self.visit_words(&mut cutter, part, first, |id, range| found(id, origin(range)))
                            .map_err(|error| moved(error, |at| origin(at..at).start))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn visit_words(
        &self,
        cutter: &mut Cutter<'_>,
        text: &str,
        first: bool,
        mut found: impl FnMut(TokenId, Range<usize>),
    ) -> Result<(), EncodeError> {
        if self.cuts.is_empty() {
            return self.visit_part(cutter, text, first, found);
        }
        for Range { start, end } in cut_all(&self.cuts, text)? {
            let found = |id, range: Range<usize>| found(id, start + range.start..start + range.end);
            self.visit_part(cutter, &text[start..end], first && start == 0, found)
                .map_err(|error| moved(error, |offset| start + offset))?;
        }
        Ok(())
    }

    /// The words of what the cuts made.
    fn visit_part(
        &self,
        cutter: &mut Cutter<'_>,
        text: &str,
        first: bool,
        mut found: impl FnMut(TokenId, Range<usize>),
    ) -> Result<(), EncodeError> {
        let spaced = self.spaces.apply(text, first);
        let base = spaced.text.as_ptr().addr();
        for word in self.pretokenizer.split(&spaced.text) {
            // Words are slices of the text, in order.
            let at = word.as_ptr().addr() - base;
            if !self.steps.is_empty() {
                for piece in apply_steps(&self.steps, &spaced.text, at..at + word.len(), first)? {
                    let origin = |range: Range<usize>| spaced.origin(piece.origin(range));
                    let tokens = cutter
                        .word(&piece.text)
                        .map_err(|error| moved(error, |offset| origin(offset..offset).start))?;
                    tokens.into_iter().for_each(|(id, range)| found(id, origin(range)));
                }
                continue;
            }
            let tokens = cutter
                .word(word)
                .map_err(|error| moved(error, |offset| spaced.origin(at + offset..at + offset).start))?;
            for (id, range) in tokens {
                found(id, spaced.origin(at + range.start..at + range.end));
            }
        }
        Ok(())
    }
}

/// An error whose place is counted from the beginning of the whole text.
fn moved(error: EncodeError, place: impl Fn(usize) -> usize) -> EncodeError {
    match error {
        EncodeError::UnknownCharacter { character, offset } => {
            EncodeError::UnknownCharacter { character, offset: place(offset) }
        }
        other => other,
    }
}
