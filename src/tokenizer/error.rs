use super::{Symbol, TokenId};

/// What can be wrong with text, training options or a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerError {
    /// Text of a character-level tokenizer is not UTF-8.
    #[error(
        "tokenizer: byte {offset} of the word {word} is not UTF-8; a base of characters needs valid text, a base of bytes takes anything"
    )]
    NotUtf8 {
        /// The word, as far as it can be shown.
        word: Symbol,
        /// The first byte that is not UTF-8.
        offset: usize,
    },
    /// The marker of the end of a word stands in the text itself.
    #[error(
        "tokenizer: the word {word} contains the marker {marker} of the end of a word, and could not be told from it; train without the marker or remove it from the text"
    )]
    MarkerInText {
        /// The word.
        word: Symbol,
        /// The marker.
        marker: &'static str,
    },
    /// The counts of the words add up to more than a number can hold.
    #[error("tokenizer: the corpus has more than {} symbols, beyond what can be counted", u64::MAX)]
    TooManySymbols,
    /// More ties than can be followed.
    #[error(
        "tokenizer: more than {limit} ways to break the ties; ask for fewer merges, a smaller corpus or a higher limit"
    )]
    TooManyPaths {
        /// The largest number of paths that would have been followed.
        limit: usize,
    },
    /// A token that is in the vocabulary twice.
    #[error("tokenizer: the token {token} is in the vocabulary twice, as {first} and as {second}")]
    DuplicateToken {
        /// The token.
        token: Symbol,
        /// Its first id.
        first: TokenId,
        /// Its second id.
        second: TokenId,
    },
    /// A vocabulary with more tokens than there are ids.
    #[error("tokenizer: {tokens} tokens are too many; ids go up to {}", TokenId::MAX)]
    TooManyTokens {
        /// Number of tokens.
        tokens: usize,
    },
    /// More than the fast encoder takes.
    #[error(
        "tokenizer: {tokens} tokens and {merges} merges are too many; a model has at most {most_tokens} tokens and {most_merges} merges"
    )]
    ModelTooLarge {
        /// Number of tokens.
        tokens: usize,
        /// Number of merges.
        merges: usize,
        /// The most tokens that a model may have.
        most_tokens: usize,
        /// The most merges that a model may have.
        most_merges: usize,
    },
    /// A merge of which a part or the result is not in the vocabulary.
    #[error("tokenizer: merge {rank} needs the token {token}, which is not in the vocabulary")]
    MergeWithoutToken {
        /// The number of the merge, counted from 0.
        rank: usize,
        /// What is missing.
        token: Symbol,
    },
    /// Two merges of the same pair.
    #[error("tokenizer: merges {first} and {second} both join {left} and {right}")]
    DuplicateMerge {
        /// The number of the first merge, counted from 0.
        first: usize,
        /// The number of the second one.
        second: usize,
        /// The left part.
        left: Symbol,
        /// The right part.
        right: Symbol,
    },
    /// A byte without a token: the base of bytes would not be complete.
    #[error("tokenizer: byte {byte} has no token; a base of bytes needs all 256")]
    MissingByte {
        /// The byte.
        byte: u8,
    },
    /// An id that no token has.
    #[error("tokenizer: there is no token {id}; ids go from 0 to {}", .tokens.saturating_sub(1))]
    NoSuchToken {
        /// The id.
        id: TokenId,
        /// Number of tokens.
        tokens: usize,
    },
    /// A special token without text.
    #[error("tokenizer: special token {id} is empty; it would be found everywhere")]
    EmptySpecialToken {
        /// The id.
        id: TokenId,
    },
    /// Two special tokens with one id.
    #[error("tokenizer: the special tokens {first} and {second} both have id {id}")]
    SharedId {
        /// The id.
        id: TokenId,
        /// The first token.
        first: String,
        /// The second one.
        second: String,
    },
    /// The fast trainer knows one tie rule.
    #[error(
        "tokenizer: the fast trainer breaks ties by the smallest ids only; for another rule take the readable trainer"
    )]
    TieRuleNotFast,
    /// More distinct words than places can be numbered.
    #[error(
        "tokenizer: the distinct words have {bytes} bytes, training takes fewer than {limit}; cut the text into words, or take a part of it"
    )]
    CorpusTooLarge {
        /// Bytes of all distinct words.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A character without a token, in a tokenizer that has none for unknown characters.
    #[error(
        "tokenizer: the character {character:?} has no token; name a token for unknown characters, or take a base of bytes"
    )]
    UnknownCharacter {
        /// The character.
        character: char,
    },
}
