//! Symbols and their numbers.

use std::collections::HashMap;

use super::{Symbol, TokenId, TokenizerError};

/// The tokens, each with its id: the position in the list.
///
/// # Examples
/// ```
/// use concepts::tokenizer::Vocabulary;
/// let vocabulary = Vocabulary::new(["l", "o", "lo"].map(Into::into).to_vec())?;
/// assert_eq!(vocabulary.id(b"lo"), Some(2));
/// assert_eq!(vocabulary.token(1).map(|token| token.to_string()).as_deref(), Some("o"));
/// assert_eq!(vocabulary.id(b"low"), None);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    tokens: Vec<Symbol>,
    ids: HashMap<Symbol, TokenId>,
}

impl Vocabulary {
    /// Numbers the tokens in the order given, from 0.
    ///
    /// # Errors
    /// [`TokenizerError`] if a token comes twice, or there are more than 2³² − 1 tokens.
    pub fn new(tokens: Vec<Symbol>) -> Result<Self, TokenizerError> {
        let count = tokens.len();
        // One number is kept free, for "none".
        if TokenId::try_from(count).is_err() {
            return Err(TokenizerError::TooManyTokens { tokens: count });
        }
        let mut ids = HashMap::with_capacity(count);
        for (token, id) in tokens.iter().zip(0..) {
            if let Some(first) = ids.insert(token.clone(), id) {
                return Err(TokenizerError::DuplicateToken { token: token.clone(), first, second: id });
            }
        }
        Ok(Vocabulary { tokens, ids })
    }

    /// The id of a token.
    pub fn id(&self, token: &[u8]) -> Option<TokenId> {
        self.ids.get(token).copied()
    }

    /// The token of an id.
    pub fn token(&self, id: TokenId) -> Option<&Symbol> {
        self.tokens.get(id as usize)
    }

    /// All tokens, by id.
    pub fn tokens(&self) -> &[Symbol] {
        &self.tokens
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The bytes of the tokens, one after the other.
    ///
    /// # Errors
    /// [`TokenizerError::NoSuchToken`] for an id that no token has.
    pub fn concatenate(&self, ids: &[TokenId]) -> Result<Vec<u8>, TokenizerError> {
        let mut bytes = Vec::new();
        for &id in ids {
            let token = self.token(id).ok_or(TokenizerError::NoSuchToken { id, tokens: self.len() })?;
            bytes.extend_from_slice(token.as_bytes());
        }
        Ok(bytes)
    }
}
