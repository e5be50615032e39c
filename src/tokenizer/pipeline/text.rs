//! From ids to text.

use super::decode::printed;
use super::{Decoder, EncodeError, Model, Tokenizer};
use crate::tokenizer::TokenId;
use crate::tokenizer::pipeline::words::IdOf;

impl Tokenizer {
    /// The text of ids, special tokens included.
    ///
    /// Bytes that are no text become `�`; [`decode_bytes`](Self::decode_bytes) has them as they are. What
    /// normalisation or a cut at spaces took away does not come back, not even of an added token that is looked for in
    /// the normalised text.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`]; [`EncodeError::Pattern`] if a pattern takes too long.
    pub fn decode(&self, ids: &[TokenId]) -> Result<String, EncodeError> {
        if self.decoder == Decoder::Bytes {
            return Ok(String::from_utf8_lossy(&self.decode_bytes(ids)?).into_owned());
        }
        let names: Result<Vec<String>, EncodeError> = ids.iter().map(|&id| self.plain_name(id)).collect();
        self.decoder.text(names?)
    }

    /// The text of ids without the special tokens.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn decode_without_special(&self, ids: &[TokenId]) -> Result<String, EncodeError> {
        let special = |id: TokenId| self.added.get(id).is_some_and(|token| token.special);
        self.decode(&ids.iter().copied().filter(|&id| !special(id)).collect::<Vec<_>>())
    }

    /// The bytes of ids.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn decode_bytes(&self, ids: &[TokenId]) -> Result<Vec<u8>, EncodeError> {
        if self.decoder != Decoder::Bytes {
            return Ok(self.decode(ids)?.into_bytes());
        }
        let mut bytes = Vec::new();
        for &id in ids {
            match (&self.model, self.added.found_as(id)) {
                (_, Some(token)) => bytes.extend_from_slice(token.as_bytes()),
                (Model::Bpe(bpe, _), None) if self.model.is_byte_level() => {
                    let symbol = bpe.vocabulary().token(id).ok_or_else(|| self.no_such(id))?;
                    bytes.extend_from_slice(symbol.as_bytes());
                }
                _ => bytes.extend(printed(&self.plain_name(id)?)),
            }
        }
        Ok(bytes)
    }

    /// The name of a token, as it is decoded.
    fn plain_name(&self, id: TokenId) -> Result<String, EncodeError> {
        let added = self.added.found_as(id).map(String::from);
        added.or_else(|| self.model.token(id)).ok_or_else(|| self.no_such(id))
    }

    fn no_such(&self, id: TokenId) -> EncodeError {
        EncodeError::NoSuchToken { what: IdOf::Given, id, tokens: self.len() }
    }
}
