//! Symbols and their numbers.

use std::collections::HashMap;
use std::fmt;

use super::{TokenId, TokenizerError};

/// A piece of text: some bytes, which need not be whole characters.
///
/// Symbols compare byte by byte. For valid UTF-8 that is the order of the code points.
///
/// # Examples
/// ```
/// use concepts::tokenizer::Symbol;
/// assert_eq!(Symbol::from("lo").joined(&Symbol::from("w")).to_string(), "low");
/// // Two of the three bytes of 我, shown as what they are.
/// assert_eq!(Symbol::from("我".as_bytes()[..2].to_vec()).to_string(), r"\xE6\x88");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(Box<[u8]>);

impl Symbol {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if the bytes are whole characters.
    pub fn as_str(&self) -> Option<&str> {
        str::from_utf8(&self.0).ok()
    }

    /// This symbol followed by another one.
    pub fn joined(&self, right: &Symbol) -> Symbol {
        Symbol([&*self.0, &*right.0].concat().into())
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Self {
        Symbol(text.as_bytes().into())
    }
}

impl From<Vec<u8>> for Symbol {
    fn from(bytes: Vec<u8>) -> Self {
        Symbol(bytes.into())
    }
}

impl From<&[u8]> for Symbol {
    fn from(bytes: &[u8]) -> Self {
        Symbol(bytes.into())
    }
}

impl AsRef<[u8]> for Symbol {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// As text; bytes that are no character as `\xE6`.
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

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

// So that a lookup needs no copy of the key; equal symbols have equal bytes and hashes.
impl std::borrow::Borrow<[u8]> for Symbol {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}
