//! Special tokens: ids with a meaning of their own, such as the end of a text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{TokenId, TokenizerError};

/// A stretch of text, told apart by [`SpecialTokens::split`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Ordinary text, to be encoded as such.
    Text(&'a str),
    /// A special token.
    Special(TokenId),
}

/// Which special tokens a text may contain.
///
/// Text from a user must not be able to end a turn or to speak as the system. So nothing is allowed
/// unless it is said: the characters of `<|endoftext|>` in such a text are encoded as the ordinary
/// characters that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Allowed<'a> {
    /// None: for text from outside.
    #[default]
    None,
    /// These.
    Only(&'a [TokenId]),
    /// All: for text that the program itself wrote.
    All,
}

impl Allowed<'_> {
    /// What is allowed, ready to be asked for each place of a text.
    pub(super) fn permitted(self) -> impl Fn(TokenId) -> bool {
        let (all, only) = match self {
            Allowed::None => (false, FxHashSet::default()),
            Allowed::Only(ids) => (false, ids.iter().copied().collect()),
            Allowed::All => (true, FxHashSet::default()),
        };
        move |id| all || only.contains(&id)
    }
}

/// The special tokens of a tokenizer.
///
/// # Examples
/// ```
/// use concepts::tokenizer::{Allowed, Segment, SpecialTokens};
/// let special = SpecialTokens::new([("<|end|>".to_owned(), 7), ("<|end|>!".to_owned(), 8)])?;
/// let text = "hi<|end|>";
/// // From a user: ordinary text.
/// let cut: Vec<_> = special.split(text, Allowed::None).collect();
/// assert_eq!(cut, [Segment::Text("hi<|end|>")]);
/// // Written by the program itself.
/// let cut: Vec<_> = special.split(text, Allowed::All).collect();
/// assert_eq!(cut, [Segment::Text("hi"), Segment::Special(7)]);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpecialTokens {
    /// For each first byte the lengths that there are, the longest first; empty if there is no token.
    lengths: Vec<BTreeSet<Reverse<usize>>>,
    by_token: FxHashMap<String, TokenId>,
    by_id: BTreeMap<TokenId, String>,
}

impl SpecialTokens {
    /// The tokens with their ids.
    ///
    /// # Errors
    /// [`TokenizerError`] if a token is empty, or a token or an id comes twice.
    pub fn new(tokens: impl IntoIterator<Item = (String, TokenId)>) -> Result<Self, TokenizerError> {
        let mut special = SpecialTokens::default();
        for (token, id) in tokens {
            special.insert(token, id)?;
        }
        Ok(special)
    }

    fn insert(&mut self, token: String, id: TokenId) -> Result<(), TokenizerError> {
        let Some(&first) = token.as_bytes().first() else {
            return Err(TokenizerError::EmptySpecialToken { id });
        };
        if let Some(other) = self.id(&token) {
            return Err(TokenizerError::DuplicateToken {
                token: token.as_str().into(),
                first: other,
                second: id,
            });
        }
        if let Some(other) = self.by_id.insert(id, token.clone()) {
            return Err(TokenizerError::SharedId { id, first: other, second: token });
        }
        self.lengths.resize(256, BTreeSet::new());
        self.lengths[usize::from(first)].insert(Reverse(token.len()));
        self.by_token.insert(token, id);
        Ok(())
    }

    /// Cuts text at the special tokens that are allowed: at each place the longest one, from left to
    /// right. All other text comes back as it was.
    pub fn split<'a>(&'a self, text: &'a str, allowed: Allowed<'a>) -> impl Iterator<Item = Segment<'a>> {
        let permitted = allowed.permitted();
        let mut rest = text;
        // A token that was found behind some text waits for its turn.
        let mut waiting = None;
        std::iter::from_fn(move || {
            if let Some(id) = waiting.take() {
                return Some(Segment::Special(id));
            }
            if rest.is_empty() {
                return None;
            }
            let Some((place, token, id)) = self.find(rest, &permitted) else {
                return Some(Segment::Text(std::mem::take(&mut rest)));
            };
            let before = &rest[..place];
            rest = &rest[place + token.len()..];
            if before.is_empty() {
                return Some(Segment::Special(id));
            }
            waiting = Some(id);
            Some(Segment::Text(before))
        })
    }

    /// The first allowed token in a text; of several at one place the longest. However many tokens there are, each
    /// length is looked up once a place.
    pub(super) fn find(
        &self,
        text: &str,
        allowed: impl Fn(TokenId) -> bool,
    ) -> Option<(usize, &str, TokenId)> {
        if self.by_id.is_empty() {
            return None;
        }
        // Most places of a text are passed over by one look at the byte.
        let begins = |(_, byte): &(usize, u8)| !self.lengths[usize::from(*byte)].is_empty();
        text.bytes().enumerate().filter(begins).find_map(|(place, byte)| {
            let fitting = |Reverse(length): &Reverse<usize>| {
                let (token, id) =
                    self.by_token.get_key_value(text.get(place..place.checked_add(*length)?)?)?;
                allowed(*id).then_some((place, token.as_str(), *id))
            };
            self.lengths[usize::from(byte)].iter().find_map(fitting)
        })
    }

    /// The id of a token.
    pub fn id(&self, token: &str) -> Option<TokenId> {
        self.by_token.get(token).copied()
    }

    /// The token of an id.
    pub fn token(&self, id: TokenId) -> Option<&str> {
        self.by_id.get(&id).map(String::as_str)
    }

    /// All tokens, by id.
    pub fn iter(&self) -> impl Iterator<Item = (TokenId, &str)> {
        self.by_id.iter().map(|(&id, token)| (id, token.as_str()))
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}
