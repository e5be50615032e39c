use super::words::{Bounds, Setting};

/// What can be wrong with a unigram model or its training.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum UnigramError {
    /// Nothing to train on.
    #[error("unigram: the corpus has no word that occurs; give at least one word with a count of 1 or more")]
    EmptyCorpus,
    /// An option that makes no sense.
    #[error("unigram: {name} is {value}; it must be {wanted}")]
    BadOption {
        /// The option.
        name: Setting,
        /// Its value.
        value: f64,
        /// What it must be.
        wanted: Bounds,
    },
    /// A vocabulary without pieces.
    #[error("unigram: the vocabulary is empty; give at least one piece")]
    NoPieces,
    /// A piece without text.
    #[error("unigram: piece {id} is the empty string; every piece needs a character")]
    EmptyPiece {
        /// Its id.
        id: u32,
    },
    /// A logarithm of a probability that is no number, or beyond all bounds.
    #[error(
        "unigram: the log probability of piece {id}, \"{piece}\", is {log_prob}; it must lie between -{limit} and {limit}"
    )]
    BadScore {
        /// Its id.
        id: u32,
        /// The piece.
        piece: String,
        /// What it was given.
        log_prob: f64,
        /// The largest size.
        limit: f64,
    },
    /// One piece under two ids.
    #[error(
        "unigram: the piece \"{piece}\" stands in the vocabulary twice, as {first} and as {second}; keep one"
    )]
    Twice {
        /// The piece.
        piece: String,
        /// Its first id.
        first: u32,
        /// Its second id.
        second: u32,
    },
    /// More pieces than ids.
    #[error("unigram: {size} pieces are too many; ids are 32-bit numbers")]
    TooManyPieces {
        /// Number of pieces.
        size: usize,
    },
    /// A corpus whose characters cannot be numbered.
    #[error(
        "unigram: the distinct words have {characters} characters, more than 32-bit numbers can count; give fewer"
    )]
    TooLong {
        /// Characters of all words, and one more for the end of each.
        characters: usize,
    },
    /// The id of the unknown token is not in the vocabulary.
    #[error("unigram: the unknown token has id {id}, but the vocabulary ends at {last}")]
    NoUnknown {
        /// The id.
        id: u32,
        /// The last id.
        last: u32,
    },
    /// A character without a piece, and no unknown token.
    #[error(
        "unigram: no piece for the character '{character}' at byte {offset}, and the model has no unknown token; add the character or an unknown token"
    )]
    UnknownCharacter {
        /// The character.
        character: char,
        /// Where it stands in the word.
        offset: usize,
    },
    /// A list of cuts that would fill the memory.
    #[error(
        "unigram: the {n} best cuts of a word of {bytes} bytes are too many to keep; at most {limit} partial cuts are, so ask for fewer or a shorter word"
    )]
    TooLarge {
        /// How many cuts were asked for.
        n: usize,
        /// Length of the word.
        bytes: usize,
        /// The largest number of partial cuts.
        limit: usize,
    },
}
