//! How a word of bytes begins, before any merge.

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::Bpe;
use crate::tokenizer::bpe::characters::Characters;
use crate::tokenizer::bpe::ranks::UNKNOWN;

/// The symbols with which a word begins that is made of bytes.
#[derive(Debug, Clone)]
pub(super) struct Bytes<'a> {
    /// The token of each byte.
    ids: [TokenId; 256],
    /// The characters that need not be put together from bytes.
    characters: &'a Characters,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(bpe: &'a Bpe) -> Self {
        let ids = std::array::from_fn(|byte| bpe.vocabulary().id(&[byte as u8]).unwrap_or(UNKNOWN));
        Bytes { ids, characters: bpe.characters(&ids) }
    }

    /// Appends the symbols of a word before any merge.
    #[inline]
    pub(super) fn begin(&self, word: &[u8], valid: Option<&str>, symbols: &mut Vec<TokenId>) {
        let byte = |&byte: &u8| self.ids[usize::from(byte)];
        if word.is_ascii() {
            symbols.extend(word.iter().map(byte));
            return;
        }
        // Bytes that are no text have other neighbours than text has.
        let Some(text) = valid.or_else(|| std::str::from_utf8(word).ok()) else {
            symbols.extend(word.iter().map(byte));
            return;
        };
        for (place, c) in text.char_indices() {
            match self.characters.get(c) {
                UNKNOWN => symbols.extend(word[place..][..c.len_utf8()].iter().map(byte)),
                token => symbols.push(token),
            }
        }
    }
}
