//! Cutting a word by the longest match.

use std::collections::HashMap;
use std::ops::Range;

use super::{CONTINUES, WordPieceError};

/// A WordPiece vocabulary, ready to cut words.
///
/// # Reference
/// Devlin et al. 2019; `WordpieceTokenizer` in Google's `bert/tokenization.py`.
///
/// # Examples
/// ```
/// use concepts::tokenizer::wordpiece::WordPiece;
/// let pieces = ["[UNK]", "play", "##ing", "playing"].map(String::from);
/// let model = WordPiece::new(pieces.to_vec(), "[UNK]")?;
/// assert_eq!(model.cut("playing"), ["playing"]); // a word of the vocabulary stays whole
/// let model = WordPiece::new(pieces[..3].to_vec(), "[UNK]")?;
/// assert_eq!(model.cut("playing"), ["play", "##ing"]);
/// assert_eq!(model.cut("plays"), ["[UNK]"]); // no piece for the rest: the whole word is unknown
/// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPiece {
    pieces: Vec<String>,
    ids: HashMap<String, u32>,
    unknown: u32,
    continues: String,
    max_chars: usize,
    longest: usize,
}

impl WordPiece {
    /// A vocabulary in the order of its ids, with the token that stands for unknown words. An empty piece is an
    /// id without a token.
    ///
    /// # Errors
    /// [`WordPieceError::NoUnknown`], [`WordPieceError::Twice`], [`WordPieceError::TooManyPieces`].
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::wordpiece::WordPiece;
    /// let error = WordPiece::new(vec!["a".into()], "[UNK]").unwrap_err();
    /// assert!(error.to_string().contains("[UNK]"));
    /// ```
    pub fn new(pieces: Vec<String>, unknown: &str) -> Result<Self, WordPieceError> {
        let size = pieces.len();
        u32::try_from(size).map_err(|_| WordPieceError::TooManyPieces { size })?;
        let mut ids = HashMap::with_capacity(size);
        for (id, piece) in (0u32..).zip(&pieces).filter(|(_, piece)| !piece.is_empty()) {
            if let Some(first) = ids.insert(piece.clone(), id) {
                return Err(WordPieceError::Twice { piece: piece.clone(), first, second: id });
            }
        }
        let Some(&unknown) = ids.get(unknown) else {
            return Err(WordPieceError::NoUnknown { unknown: unknown.into(), size });
        };
        let longest = pieces.iter().map(String::len).max().unwrap_or(0);
        Ok(Self { pieces, ids, unknown, continues: CONTINUES.into(), max_chars: 100, longest })
    }

    /// The same vocabulary with another mark of continuation than `##`.
    #[must_use]
    pub fn with_continuation(mut self, mark: &str) -> Self {
        self.continues = mark.into();
        self
    }

    /// The same vocabulary with another limit than 100 characters, above which a word is unknown.
    #[must_use]
    pub fn with_max_chars(mut self, max_chars: usize) -> Self {
        self.max_chars = max_chars;
        self
    }

    /// The pieces in the order of their ids.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// The piece of an id.
    pub fn piece(&self, id: u32) -> Option<&str> {
        self.pieces.get(id as usize).map(String::as_str).filter(|piece| !piece.is_empty())
    }

    /// The id of a piece.
    pub fn id(&self, piece: &str) -> Option<u32> {
        self.ids.get(piece).copied()
    }

    /// The id of the token for unknown words.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// What marks a piece that continues a word.
    pub fn continuation(&self) -> &str {
        &self.continues
    }

    /// A word of more characters than this is unknown.
    pub fn max_chars(&self) -> usize {
        self.max_chars
    }

    /// Cuts one word: again and again the longest piece that fits what is left.
    ///
    /// Returns ids with the bytes of the word that each stands for. If somewhere no piece fits, or the
    /// word has more characters than the limit, the *whole* word is the unknown token. An empty word has
    /// no pieces. Time: at most length of the word times length of the longest piece.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::wordpiece::WordPiece;
    /// let pieces = ["[UNK]", "un", "##aff", "##able"].map(String::from).to_vec();
    /// let model = WordPiece::new(pieces, "[UNK]")?;
    /// assert_eq!(model.encode_word("unaffable"), [(1, 0..2), (2, 2..5), (3, 5..9)]);
    /// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
    /// ```
    pub fn encode_word(&self, word: &str) -> Vec<(u32, Range<usize>)> {
        let unknown = || vec![(self.unknown, 0..word.len())];
        // Bytes are counted first: nobody walks through a megabyte to learn that it is too long.
        let too_long = word.len() > self.max_chars.saturating_mul(4) || word.chars().count() > self.max_chars;
        if too_long {
            return unknown();
        }
        let mut out = Vec::new();
        let mut start = 0;
        let mut key = String::with_capacity(self.continues.len() + word.len());
        while start < word.len() {
            key.clear();
            if start > 0 {
                key.push_str(&self.continues);
            }
            let mark = key.len();
            key.push_str(&word[start..]);
            let Some((id, bytes)) = self.longest_match(&key, mark) else { return unknown() };
            out.push((id, start..start + bytes));
            start += bytes;
        }
        out
    }

    /// The longest piece that `key` begins with, and its bytes beyond the mark.
    fn longest_match(&self, key: &str, mark: usize) -> Option<(u32, usize)> {
        let mut end = key.len().min(self.longest);
        while end > mark {
            if key.is_char_boundary(end)
                && let Some(&id) = self.ids.get(&key[..end])
            {
                return Some((id, end - mark));
            }
            end -= 1;
        }
        None
    }

    /// The pieces of one word as text.
    ///
    /// # Examples
    /// See [`WordPiece`].
    pub fn cut(&self, word: &str) -> Vec<&str> {
        self.encode_word(word).into_iter().map(|(id, _)| self.pieces[id as usize].as_str()).collect()
    }
}
