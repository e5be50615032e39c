//! What byte-pair encoding does beyond its merges, and what its tokens stand for.

use std::ops::Range;

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::{Bpe, Piece};

/// What byte-pair encoding does beyond its merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BpeRules {
    /// The token for unknown characters. Without one they are an error, or left out.
    pub unknown: Option<TokenId>,
    /// Whether a character is left out that has no token, where there is no unknown token either. Then its
    /// neighbours may merge (what Hugging Face does).
    pub drop_unknown: bool,
    /// Whether a run of unknown characters is one unknown token.
    pub fuse_unknown: bool,
    /// Whether an unknown character is written as its bytes, `<0xE6>` and so on, if these are tokens.
    pub byte_fallback: bool,
    /// Whether a word that is a token is that token, whatever the merges make of it (`ignore_merges`; also
    /// the rule of tiktoken).
    pub whole_words: bool,
}

impl BpeRules {
    /// The rules for a base of bytes whose words are looked up whole first, as tiktoken does.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::BpeRules;
    /// assert!(BpeRules::tiktoken().whole_words);
    /// ```
    pub fn tiktoken() -> Self {
        Self { whole_words: true, ..Self::default() }
    }
}

/// A token and the bytes of the word that it stands for.
pub(super) type Found = (TokenId, Range<usize>);

/// The bytes of a word that a piece stands for.
pub(super) fn length(bpe: &Bpe, piece: Piece, is_first: bool) -> usize {
    match piece {
        Piece::Token(id) => bpe.covered(id, is_first),
        Piece::Unknown(c) => c.len_utf8(),
    }
}
