//! A token for each word, and nothing smaller.

use std::collections::HashMap;

use super::{TokenId, TokenizerError};

/// A vocabulary of whole words.
///
/// # Examples
/// ```
/// use concepts::tokenizer::WordLevel;
/// let words = [(0, "[UNK]"), (1, "the"), (5, "ferry")].map(|(id, word)| (id, word.to_string()));
/// let model = WordLevel::new(words, "[UNK]")?;
/// assert_eq!([model.encode_word("ferry"), model.encode_word("ferries")], [Some(5), Some(0)]);
/// assert_eq!(model.word(2), None);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordLevel {
    /// By id; nothing where no word has it.
    words: Vec<Option<String>>,
    ids: HashMap<String, TokenId>,
    unknown: String,
}

impl WordLevel {
    /// Words with their ids, and the word that stands for all others. It need not be among them.
    ///
    /// # Errors
    /// [`TokenizerError`]: a word twice, or an id twice.
    pub fn new(
        words: impl IntoIterator<Item = (TokenId, String)>,
        unknown: &str,
    ) -> Result<Self, TokenizerError> {
        let mut model = Self { words: Vec::new(), ids: HashMap::new(), unknown: unknown.into() };
        for (id, word) in words {
            if let Some(first) = model.ids.insert(word.clone(), id) {
                return Err(TokenizerError::DuplicateToken {
                    token: word.as_str().into(),
                    first,
                    second: id,
                });
            }
            let at = id as usize;
            model.words.resize(model.words.len().max(at + 1), None);
            if let Some(first) = model.words[at].replace(word.clone()) {
                return Err(TokenizerError::SharedId { id, first, second: word });
            }
        }
        Ok(model)
    }

    /// The id of a word, or of the unknown one; `None` if there is neither.
    pub fn encode_word(&self, word: &str) -> Option<TokenId> {
        self.ids.get(word).or_else(|| self.ids.get(&self.unknown)).copied()
    }

    /// The word of an id.
    pub fn word(&self, id: TokenId) -> Option<&str> {
        self.words.get(id as usize)?.as_deref()
    }

    /// The words with their ids, by id.
    pub fn words(&self) -> impl Iterator<Item = (TokenId, &str)> {
        (0..).zip(&self.words).filter_map(|(id, word)| Some((id, word.as_deref()?)))
    }

    /// The word that stands for all others, and its id, if it has one.
    pub fn unknown(&self) -> (&str, Option<TokenId>) {
        (&self.unknown, self.ids.get(&self.unknown).copied())
    }

    /// Number of ids: one more than the largest.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
