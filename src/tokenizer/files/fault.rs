//! Parts of a message that carry values of their own.

use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{Spaces, TokenId};

/// What stands in a field, as far as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Found {
    /// A list.
    #[error("a list of {0}")]
    List(usize),
    /// An object that says of what type it is.
    #[error("of type {0:?}")]
    OfType(String),
    /// Another object.
    #[error("an object")]
    Object,
    /// A text, a number, true, false or null, as JSON writes it.
    #[error("{0}")]
    Value(String),
}

/// What is wrong with a line of ranks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Nothing stands between token and rank.
    #[error("has no space")]
    NoSpace,
    /// The token is not written in base64.
    #[error("is no base64 ({said})")]
    NotBase64 {
        /// What the decoder says, in English.
        said: String,
    },
    /// The token has no bytes.
    #[error("has an empty token")]
    EmptyToken,
    /// The rank is no number that an id could be.
    #[error("has no whole number as its rank that a model could have as an id")]
    NoRank,
    /// The rank of an earlier line.
    #[error("has the rank {rank}, which stood before")]
    RankTwice {
        /// The rank.
        rank: TokenId,
    },
}

/// What is wrong with a model of SentencePiece.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// It is no message of that kind.
    #[error("the file is none of its models, or is cut off ({said})")]
    NotRead {
        /// What the decoder says, in English.
        said: String,
    },
    /// It has no pieces.
    #[error("the model has no pieces")]
    Empty,
    /// Another algorithm than unigram and BPE.
    #[error("its algorithm is number {}; known are 1, unigram, and 2, BPE", called(*.0))]
    Algorithm(i32),
    /// Pieces that a text never has but merges need.
    #[error("the piece {0:?} is marked as unused, which is not supported")]
    Unused(String),
    /// A piece that its characters cannot make.
    #[error("the piece {0:?} has a character that is no piece")]
    NoCharacter(String),
    /// A space is put behind the text.
    #[error("a space belongs to the end of a word, not to its beginning, which is not supported")]
    SpaceBehind,
}

/// What SentencePiece calls the algorithms that are not read.
fn called(algorithm: i32) -> String {
    match algorithm {
        3 => "3, whole words".into(),
        4 => "4, single characters".into(),
        other => other.to_string(),
    }
}

/// Why a tokenizer cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// Its handling of spaces does not go with its cut.
    #[error("{spaces:?} spaces do not go with the cut {how:?} and a model of {}", if *bytes { "bytes" } else { "characters" })]
    Spaces {
        /// What becomes of spaces.
        spaces: Spaces,
        /// How text is cut.
        how: Pretokenizer,
        /// Is the model byte-level?
        bytes: bool,
    },
    /// The end of a word is a token.
    #[error("the end of a word is a symbol of its own; train with WordEnd::Suffix or Unmarked")]
    WordEndSymbol,
    /// Its tokens are not made of bytes.
    #[error("only byte-level BPE has ranks of bytes")]
    NotByteLevel,
    /// Merges by what they make, of which the format has only a list.
    #[error("its merges are ranked by the tokens that they make, and the format has a list of merges")]
    ByToken,
    /// What only SentencePiece's own files say.
    #[error("it treats spaces as SentencePiece does, which takes SentencePiece's own format")]
    SentencePiece,
    /// Ids that are not numbered in the order of merging.
    #[error("the order of the merges is not that of the ids")]
    MergeOrder,
}
