//! Symbols and their numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Symbol, TokenId, TokenizerError};

/// The tokens, each with its id: the position in the list. An id may have no token.
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
    /// Ids without a token; in the list an empty symbol stands for each.
    gaps: BTreeSet<TokenId>,
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
        Ok(Vocabulary { tokens, ids, gaps: BTreeSet::new() })
    }

    /// Tokens with the ids that they have; what lies between them is left free.
    ///
    /// # Errors
    /// [`TokenizerError`] if a token comes twice. Ids that no model has are refused where the model is built.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Vocabulary;
    /// let vocabulary = Vocabulary::with_gaps([(0, "l".into()), (3, "o".into())].into())?;
    /// assert_eq!((vocabulary.id(b"o"), vocabulary.token(1), vocabulary.len()), (Some(3), None, 4));
    /// # Ok::<(), concepts::tokenizer::TokenizerError>(())
    /// ```
    pub fn with_gaps(tokens: BTreeMap<TokenId, Symbol>) -> Result<Self, TokenizerError> {
        let mut vocabulary = Vocabulary::new(Vec::new())?;
        for (id, token) in tokens {
            while vocabulary.tokens.len() < id as usize {
                vocabulary.gaps.insert(vocabulary.tokens.len() as TokenId);
                vocabulary.tokens.push(Symbol::from(""));
            }
            if let Some(first) = vocabulary.ids.insert(token.clone(), id) {
                return Err(TokenizerError::DuplicateToken { token, first, second: id });
            }
            vocabulary.tokens.push(token);
        }
        Ok(vocabulary)
    }

    /// The id of a token.
    pub fn id(&self, token: &[u8]) -> Option<TokenId> {
        self.ids.get(token).copied()
    }

    /// The token of an id.
    pub fn token(&self, id: TokenId) -> Option<&Symbol> {
        self.tokens.get(id as usize).filter(|_| !self.gaps.contains(&id))
    }

    /// All tokens, by id; an empty symbol where there is none.
    pub fn tokens(&self) -> &[Symbol] {
        &self.tokens
    }

    /// Ids below the largest that have no token.
    pub fn gaps(&self) -> impl Iterator<Item = TokenId> {
        self.gaps.iter().copied()
    }

    /// Number of ids: one more than the largest.
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
