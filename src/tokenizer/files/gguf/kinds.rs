//! What a token is.

use super::GgufVocabulary;
use crate::tokenizer::{AddedToken, TokenId};

/// What a token is. The numbers are those of SentencePiece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Normal,
    Unknown,
    Control,
    UserDefined,
    Unused,
    Byte,
}

impl<'a> GgufVocabulary<'a> {
    /// Every token with its id and kind; without a list of kinds all are normal, and so is a kind that is not known.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (TokenId, &'a str, Kind)> {
        let kind = |id: usize| match self.types.get(id) {
            Some(2) => Kind::Unknown,
            Some(3) => Kind::Control,
            Some(4) => Kind::UserDefined,
            Some(5) => Kind::Unused,
            Some(6) => Kind::Byte,
            _ => Kind::Normal,
        };
        (0u32..).zip(&self.tokens).map(move |(id, &token)| (id, token, kind(id as usize)))
    }

    /// The tokens of a kind.
    pub(super) fn of_kind(&self, wanted: Kind) -> impl Iterator<Item = (TokenId, &'a str)> {
        self.kinds().filter(move |(_, _, kind)| *kind == wanted).map(|(id, token, _)| (id, token))
    }

    /// The id of the token for what has no token.
    pub(super) fn unknown_id(&self) -> Option<TokenId> {
        self.unknown.or_else(|| self.of_kind(Kind::Unknown).next().map(|(id, _)| id))
    }

    /// The tokens that are found before the model: control tokens where they are allowed, user-defined ones always,
    /// in the text as given or, with `normalized`, as the tokenizer changes it.
    pub(super) fn added(&self, normalized: bool) -> Vec<AddedToken> {
        let added = self.kinds().filter(|(_, token, _)| !token.is_empty());
        let added = added.filter_map(|(id, token, kind)| match kind {
            Kind::Control | Kind::Unknown => Some(AddedToken::special(token, id)),
            Kind::UserDefined => {
                Some(AddedToken { special: false, normalized, ..AddedToken::special(token, id) })
            }
            _ => None,
        });
        added.collect()
    }
}
