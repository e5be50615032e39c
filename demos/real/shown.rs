//! A token as people read it.

use concepts::tokenizer::{Symbol, TokenId};

use super::Real;

impl Real {
    /// A token as it stands in a text, spaces by their sign, bytes that are no whole character as `\xE2`; one that
    /// stands for no text, such as the token that begins all texts, as the file has it.
    pub(crate) fn shown(&self, id: TokenId) -> String {
        let special = self.tokenizer.added().iter().any(|added| added.id == id && added.special);
        let bytes = self.tokenizer.decode_bytes(&[id]).unwrap_or_default();
        match special || bytes.is_empty() {
            true => self.tokenizer.token(id).unwrap_or_default(),
            false => Symbol::from(bytes).to_string().replace(' ', "␣"),
        }
    }
}
