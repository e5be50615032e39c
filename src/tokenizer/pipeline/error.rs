use super::words::{CharsmapFault, IdOf};
use crate::tokenizer::pretokenize::PatternError;
use crate::tokenizer::unigram::UnigramError;
use crate::tokenizer::wordpiece::WordPieceError;
use crate::tokenizer::{TokenId, TokenizerError};

/// What can go wrong when a whole tokenizer is built or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EncodeError {
    /// From byte-pair encoding, a vocabulary or the special tokens.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// From WordPiece.
    #[error(transparent)]
    WordPiece(#[from] WordPieceError),
    /// From the unigram model.
    #[error(transparent)]
    Unigram(#[from] UnigramError),
    /// From a pattern at which text is cut.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// A table of replacements that is none.
    #[error("tokenizer: the table of replacements is not one of SentencePiece: {reason}")]
    Charsmap {
        /// What is wrong.
        reason: CharsmapFault,
    },
    /// A character that the vocabulary lacks, in a tokenizer without an unknown token.
    #[error(
        "tokenizer: the character {character:?} at byte {offset} is not in the vocabulary, and there is no unknown token; use a base of bytes, add an unknown token, or train on text that has the character"
    )]
    UnknownCharacter {
        /// The character.
        character: char,
        /// Where it stands in the text.
        offset: usize,
    },
    /// A word that the vocabulary lacks, in a tokenizer of whole words without an unknown one.
    #[error("tokenizer: the word {word:?} is not in the vocabulary, and there is no unknown token")]
    UnknownWord {
        /// The word.
        word: String,
    },
    /// Bytes that are no text, for a tokenizer that needs text.
    #[error(
        "tokenizer: byte {offset} is not UTF-8; this tokenizer reads text alone, a byte-level one takes any bytes"
    )]
    NotText {
        /// The first byte that is not UTF-8.
        offset: usize,
    },
    /// A way back to text that is not known.
    #[error(
        "tokenizer: its decoder is of type {kind:?}, which is not supported; ids are right, their text is not known"
    )]
    Decoder {
        /// The type.
        kind: String,
    },
    /// Steps on a text, a word or tokens that make it too long.
    #[error(
        "tokenizer: its steps make the text more than {limit} times as long; steps that each make it longer multiply, take some away"
    )]
    Grows {
        /// How many times as long it may become.
        limit: usize,
    },
    /// An added token whose id belongs to another token.
    #[error(
        "tokenizer: the added token \"{content}\" has id {id}, which the vocabulary gives to \"{other}\""
    )]
    TakenId {
        /// The added token.
        content: String,
        /// Its id.
        id: TokenId,
        /// The token of that id.
        other: String,
    },
    /// An id that is not there.
    #[error(
        "tokenizer: {what} is {id}, but no token has that id; ids go from 0 to {}{}", .tokens.saturating_sub(1), free(*.id, *.tokens)
    )]
    NoSuchToken {
        /// What names the id.
        what: IdOf,
        /// The id.
        id: TokenId,
        /// Number of tokens.
        tokens: usize,
    },
}

/// Below the end an id is missing because nothing has it: between added tokens there may be free ones.
fn free(id: TokenId, tokens: usize) -> &'static str {
    if (id as usize) < tokens { ", and not all of them are taken" } else { "" }
}
