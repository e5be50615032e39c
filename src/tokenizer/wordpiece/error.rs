/// What can be wrong with a WordPiece vocabulary or with what it is trained on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordPieceError {
    /// Nothing to train on.
    #[error(
        "wordpiece: the corpus has no word that occurs; give at least one word with a count of 1 or more"
    )]
    EmptyCorpus,
    /// Counts that do not fit.
    #[error(
        "wordpiece: the counts of the corpus add up to more than {}; divide them by a common factor",
        u64::MAX
    )]
    TooManyTokens,
    /// More characters than places.
    #[error(
        "wordpiece: the distinct words have {characters} characters; at most {limit} can be trained on, a part of the text will do"
    )]
    CorpusTooLarge {
        /// Characters of all distinct words.
        characters: usize,
        /// The limit.
        limit: usize,
    },
    /// The token for unknown words is not in the vocabulary.
    #[error(
        "wordpiece: the vocabulary has {size} pieces, and \"{unknown}\" for unknown words is not among them; add it"
    )]
    NoUnknown {
        /// The token that is missing.
        unknown: String,
        /// Number of pieces.
        size: usize,
    },
    /// One piece under two ids.
    #[error(
        "wordpiece: the piece \"{piece}\" stands in the vocabulary twice, as {first} and as {second}; keep one"
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
    #[error("wordpiece: {size} pieces are too many; ids are 32-bit numbers")]
    TooManyPieces {
        /// Number of pieces.
        size: usize,
    },
}
