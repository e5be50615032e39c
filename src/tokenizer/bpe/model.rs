//! A trained model: the vocabulary and the merges in the order in which they were learned.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Marks;
use super::characters::Characters;
use super::joints::Joints;
use super::ranks::{MAX_MERGES, MAX_TOKENS, Ranks};
use super::table::WordTable;
use super::{Base, Merge, Pair, WordEnd};
use crate::tokenizer::{Symbol, TokenId, TokenizerError, Vocabulary};

/// What a model makes of a piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Piece {
    /// A token.
    Token(TokenId),
    /// A character that has no token. It is never dropped silently.
    Unknown(char),
}

impl Piece {
    /// The id, unless the character is unknown.
    pub fn id(self) -> Option<TokenId> {
        match self {
            Piece::Token(id) => Some(id),
            Piece::Unknown(_) => None,
        }
    }
}

/// A byte-pair encoding: vocabulary and merges.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{BpeOptions, train_readable};
/// let words = [("low", 3), ("lower", 2), ("newest", 4)];
/// let (_, bpe) = train_readable(&words, &BpeOptions::default())?;
/// let pieces = bpe.encode_word_readable(b"lowest")?;
/// assert_eq!(bpe.show(&pieces), ["lo", "we", "st"]);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Bpe {
    base: Base,
    word_end: WordEnd,
    marks: Marks,
    vocabulary: Vocabulary,
    merges: Vec<Merge>,
    by_token: bool,
    pub(super) ranks: Ranks,
    /// Made by the first encoder that needs it.
    pub(super) whole_words: OnceLock<Box<WordTable<TokenId>>>,
    /// Likewise.
    pub(super) all_tokens: OnceLock<Box<WordTable<TokenId>>>,
    /// Made when it is first needed.
    characters: OnceLock<Box<Characters>>,
    /// Likewise.
    joints: OnceLock<Box<Joints>>,
}

impl Bpe {
    /// A model from its parts.
    ///
    /// # Errors
    /// [`TokenizerError`] if a merge names an id that no token has, or a result that is not left and
    /// right joined; if a pair is merged twice; or if the base is bytes and one of the 256 has no token.
    pub fn new(
        base: Base,
        word_end: WordEnd,
        vocabulary: Vocabulary,
        merges: Vec<Merge>,
    ) -> Result<Self, TokenizerError> {
        Self::build(base, word_end, Marks::default(), vocabulary, merges, false)
    }

    pub(super) fn build(
        base: Base,
        word_end: WordEnd,
        marks: Marks,
        vocabulary: Vocabulary,
        merges: Vec<Merge>,
        by_token: bool,
    ) -> Result<Self, TokenizerError> {
        if let (Base::Bytes(_), Some(byte)) =
            (base, (0..=u8::MAX).find(|&byte| vocabulary.id(&[byte]).is_none()))
        {
            return Err(TokenizerError::MissingByte { byte });
        }
        let mut seen = HashMap::with_capacity(merges.len());
        for (rank, merge) in merges.iter().enumerate() {
            check_merge(&vocabulary, &marks, rank, merge)?;
            if let Some(first) = seen.insert((merge.left, merge.right), rank) {
                let part = |id| vocabulary.token(id).cloned().unwrap_or_else(|| Symbol::from(""));
                let (left, right) = (part(merge.left), part(merge.right));
                return Err(TokenizerError::DuplicateMerge { first, second: rank, left, right });
            }
        }
        if vocabulary.len() > MAX_TOKENS || merges.len() > MAX_MERGES {
            return Err(TokenizerError::ModelTooLarge {
                tokens: vocabulary.len(),
                merges: merges.len(),
                most_tokens: MAX_TOKENS,
                most_merges: MAX_MERGES,
            });
        }
        let ranks = Ranks::new(&merges, by_token);
        Ok(Bpe {
            base,
            word_end,
            marks,
            vocabulary,
            merges,
            by_token,
            ranks,
            whole_words: OnceLock::new(),
            all_tokens: OnceLock::new(),
            characters: OnceLock::new(),
            joints: OnceLock::new(),
        })
    }

    /// A model from tokens by id, and merges as pairs of symbols in the order learned.
    ///
    /// # Errors
    /// [`TokenizerError`] if a part or the result of a merge is no token; otherwise as [`Bpe::new`].
    pub fn from_pairs(
        base: Base,
        word_end: WordEnd,
        tokens: Vec<Symbol>,
        pairs: &[Pair],
    ) -> Result<Self, TokenizerError> {
        let vocabulary = Vocabulary::new(tokens)?;
        let merges = Marks::default().merges(&vocabulary, pairs)?;
        Bpe::new(base, word_end, vocabulary, merges)
    }

    /// What words are made of.
    pub fn base(&self) -> Base {
        self.base
    }

    /// Whether and how the end of a word is marked.
    pub fn word_end(&self) -> WordEnd {
        self.word_end
    }

    /// Marks of its own.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether merges that make the same token have the same rank: see [`Bpe::by_token`].
    pub fn is_by_token(&self) -> bool {
        self.by_token
    }

    /// All tokens.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The merges, by rank.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Encodes one word in the plainest way: among all neighbours that have a merge take the lowest
    /// rank, and of several such the leftmost; merge them; repeat.
    ///
    /// This is not the longest match: a long token is reached only through its merges. The cost is
    /// quadratic in the length of the word.
    ///
    /// # Errors
    /// [`TokenizerError::NotUtf8`] if the base is characters and the word is not UTF-8.
    ///
    /// # Reference
    /// Sennrich, Haddow & Birch 2016, section 3.2; GPT-2's `encoder.py`, which applies a merge
    /// everywhere at once. For merges in the order learned it is the same.
    pub fn encode_word_readable(&self, word: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        let mut pieces = self.base_pieces(word)?;
        while let Some((_, place, rank)) = self.first_turn(&pieces) {
            pieces[place] = Piece::Token(self.ranks.token(rank));
            pieces.remove(place + 1);
        }
        Ok(pieces)
    }

    pub(super) fn ranks(&self) -> &Ranks {
        &self.ranks
    }

    /// The characters that can be taken whole; `bytes` are the tokens of the bytes.
    pub(super) fn characters(&self, bytes: &[TokenId; 256]) -> &Characters {
        let new = || Box::new(Characters::new(&self.vocabulary, &self.merges, &self.ranks, bytes));
        self.characters.get_or_init(new)
    }

    /// Whether its symbols are characters, whatever their place in a word.
    pub(super) fn is_plain(&self) -> bool {
        self.base == Base::Chars && self.word_end == WordEnd::Unmarked && self.marks.is_empty()
    }

    /// Where a long text falls apart, if its symbols are plain characters.
    pub(super) fn joints(&self) -> Option<&Joints> {
        let new = || Box::new(Joints::new(&self.vocabulary, &self.merges));
        self.is_plain().then(|| &**self.joints.get_or_init(new))
    }

    /// The characters that have a token, if its symbols are plain characters.
    pub(super) fn plain_characters(&self) -> Option<&Characters> {
        let new = || Box::new(Characters::plain(&self.vocabulary));
        self.is_plain().then(|| &**self.characters.get_or_init(new))
    }

    /// The pieces of a word before any merge.
    fn base_pieces(&self, word: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        let symbols = self.begin(word)?;
        Ok(symbols.iter().map(|symbol| self.base_piece(symbol)).collect())
    }

    /// The symbols of a word before any merge.
    pub(super) fn begin(&self, word: &[u8]) -> Result<Vec<Symbol>, TokenizerError> {
        self.marks.begin(word, self.base, self.word_end)
    }

    /// The bytes of a token without the mark that all but the first of a word have. The mark of the last is not
    /// taken off: at the end of a word what is left of the word says how long it is.
    pub fn covered(&self, token: TokenId, is_first: bool) -> usize {
        let bytes = self.vocabulary.token(token).map_or(&[][..], Symbol::as_bytes);
        let mark = if is_first { &[][..] } else { self.marks.continues.as_bytes() };
        bytes.strip_prefix(mark).unwrap_or(bytes).len()
    }

    pub(super) fn base_piece(&self, symbol: &Symbol) -> Piece {
        match self.vocabulary.id(symbol.as_bytes()) {
            Some(id) => Piece::Token(id),
            // All bytes are known, so this is a character; the marker may hang on it.
            None => {
                let text = symbol.as_str().unwrap_or_default();
                let first = text.strip_prefix(&self.marks.continues).unwrap_or(text).chars().next();
                Piece::Unknown(first.unwrap_or(char::REPLACEMENT_CHARACTER))
            }
        }
    }

    /// The first turn among all neighbours, the leftmost place where it is, and the rank there.
    fn first_turn(&self, pieces: &[Piece]) -> Option<(u32, usize, u32)> {
        let rank = |pair: &[Piece]| self.ranks.rank(pair[0].id()?, pair[1].id()?);
        let ranks = pieces.windows(2).enumerate().filter_map(|(place, pair)| Some((place, rank(pair)?)));
        ranks.map(|(place, rank)| (self.ranks.turn(rank), place, rank)).min()
    }

    /// The bytes of the tokens, one after the other; markers of the end of a word stay visible.
    ///
    /// # Errors
    /// [`TokenizerError::NoSuchToken`] for an id that no token has.
    pub fn decode(&self, ids: &[TokenId]) -> Result<Vec<u8>, TokenizerError> {
        self.vocabulary.concatenate(ids)
    }

    /// The pieces as text, for people.
    pub fn show(&self, pieces: &[Piece]) -> Vec<String> {
        let text = |piece: &Piece| match *piece {
            Piece::Token(id) => self.vocabulary.token(id).map_or_else(String::new, Symbol::to_string),
            Piece::Unknown(c) => format!("[UNK {c}]"),
        };
        pieces.iter().map(text).collect()
    }
}

/// Whether all three tokens exist and fit together.
fn check_merge(
    vocabulary: &Vocabulary,
    marks: &Marks,
    rank: usize,
    merge: &Merge,
) -> Result<(), TokenizerError> {
    let token = |id| vocabulary.token(id).ok_or(TokenizerError::NoSuchToken { id, tokens: vocabulary.len() });
    let joined = marks.joined(token(merge.left)?, token(merge.right)?);
    if *token(merge.token)? == joined {
        return Ok(());
    }
    Err(TokenizerError::MergeWithoutToken { rank, token: joined })
}
