//! Texts that are not cut into words, part by part.
//!
//! Two characters that stand side by side in no token are never joined: what stands before them is encoded apart
//! from what stands behind (`joints`). So a text without a cut is a row of short words after all, and these come
//! again and again: each is computed once.

use super::super::ranks::UNKNOWN;
use super::{Encoder, Place};
use crate::tokenizer::{TokenId, TokenizerError};

impl Encoder<'_> {
    /// Appends the tokens of a text whose symbols are plain characters. `unknown` appends what stands for a character
    /// without a token; it is told whether the one before has none either, and ends it all with `false`. Returns
    /// whether it came to the end; `false` also where the symbols are no plain characters.
    pub(in crate::tokenizer) fn encode_parts(
        &mut self,
        text: &str,
        mut unknown: impl FnMut(char, bool, &mut Vec<TokenId>) -> bool,
        ids: &mut Vec<TokenId>,
    ) -> Result<bool, TokenizerError> {
        let bpe = self.bpe;
        let (Some(joints), Some(characters)) = (bpe.joints(), bpe.plain_characters()) else {
            return Ok(false);
        };
        let (mut start, mut before) = (0, None);
        for (at, c) in text.char_indices() {
            let symbol = characters.get(c);
            let joined = before.is_some_and(|left| joints.meet(left, symbol));
            if !joined {
                self.encode_part(text, start, at, ids)?;
                start = at;
            }
            if symbol == UNKNOWN {
                if !unknown(c, before == Some(UNKNOWN), ids) {
                    return Ok(false);
                }
                start = at + c.len_utf8();
            }
            before = Some(symbol);
        }
        self.encode_part(text, start, text.len(), ids)?;
        Ok(true)
    }

    fn encode_part(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        if start == end {
            return Ok(());
        }
        self.encode_place(Place { text: text.as_bytes(), valid: Some(text), range: start..end }, None, ids)
    }
}
