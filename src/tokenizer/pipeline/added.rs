//! Tokens that are found in text before any model sees it.

use super::{EncodeError, Model};
use crate::tokenizer::{Allowed, SpecialTokens, TokenId};

/// A token that is added to the vocabulary of a model.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AddedToken {
    /// Its text.
    pub content: String,
    /// Its id: one of the model's, if the model has the token too, or one beyond.
    pub id: TokenId,
    /// Whether it has a meaning of its own, such as the end of a text. Found only where it is allowed.
    pub special: bool,
    /// Whether it is looked for in the normalised text, not in the text as given.
    pub normalized: bool,
}

impl AddedToken {
    /// A special token.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::AddedToken;
    /// assert!(AddedToken::special("<|endoftext|>", 50256).special);
    /// ```
    pub fn special(content: &str, id: TokenId) -> Self {
        Self { content: content.into(), id, special: true, normalized: false }
    }
}

/// All added tokens, ready to be found.
#[derive(Debug, Clone, Default)]
pub(super) struct Added {
    tokens: Vec<AddedToken>,
    pub(super) in_given: SpecialTokens,
    pub(super) in_normalized: SpecialTokens,
    /// Those that are not special: always allowed.
    plain: Vec<TokenId>,
    /// Number of ids, the model's included.
    pub(super) total: usize,
}

impl Added {
    pub(super) fn none(model: &Model) -> Self {
        Self { total: model.len(), ..Self::default() }
    }

    pub(super) fn new(
        model: &Model,
        mut tokens: Vec<AddedToken>,
        normalize: impl Fn(&str) -> String,
    ) -> Result<Self, EncodeError> {
        tokens.sort_by_key(|token| token.id);
        let mut total = model.len();
        for AddedToken { content, id, .. } in &tokens {
            let place = *id as usize;
            if place < model.len() && !is_same(model, *id, content) {
                let other = model.token(*id).unwrap_or_default();
                return Err(EncodeError::TakenId { content: content.clone(), id: *id, other });
            }
            total = total.max(place + 1);
        }
        let of = |normalized: bool, text: &dyn Fn(&str) -> String| {
            let of = tokens.iter().filter(|token| token.normalized == normalized);
            SpecialTokens::new(of.map(|token| (text(&token.content), token.id)))
        };
        let (in_given, in_normalized) = (of(false, &|text| text.to_string())?, of(true, &normalize)?);
        // Neither set sees a token or an id that stands in both.
        SpecialTokens::new(tokens.iter().map(|token| (token.content.clone(), token.id)))?;
        let plain = tokens.iter().filter(|token| !token.special).map(|token| token.id).collect();
        Ok(Self { tokens, in_given, in_normalized, plain, total })
    }

    pub(super) fn tokens(&self) -> &[AddedToken] {
        &self.tokens
    }

    pub(super) fn get(&self, id: TokenId) -> Option<&AddedToken> {
        let at = self.tokens.binary_search_by_key(&id, |token| token.id).ok()?;
        self.tokens.get(at)
    }

    /// The ids that may be found.
    pub(super) fn permitted(&self, allowed: Allowed) -> Vec<TokenId> {
        let mut ids = self.plain.clone();
        match allowed {
            Allowed::None => {}
            Allowed::Only(more) => ids.extend(more),
            Allowed::All => ids.extend(self.tokens.iter().filter(|t| t.special).map(|t| t.id)),
        }
        ids
    }
}

/// A byte-level vocabulary may hold the token as its bytes.
fn is_same(model: &Model, id: TokenId, content: &str) -> bool {
    match model {
        Model::Bpe(bpe, _) => bpe.vocabulary().id(content.as_bytes()) == Some(id),
        _ => model.token(id).as_deref() == Some(content),
    }
}
