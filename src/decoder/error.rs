use super::words::{Place, Wanted};
use crate::budget::BudgetError;
use crate::json::JsonFault;
use crate::position::PositionError;

/// What can be wrong with a model's file, or with what is asked of the model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecoderError {
    /// A kind of model that is not run.
    #[error("decoder: the architecture \"{found}\" is not run; those that are run are {supported}")]
    UnknownArchitecture {
        /// What the file calls it.
        found: String,
        /// All that are run.
        supported: String,
    },
    /// A configuration that cannot be read, as another module says.
    #[error(transparent)]
    Configuration(#[from] BudgetError),
    /// Not JSON.
    #[error(
        "decoder: the configuration is not readable as a JSON object ({reason}); give the config.json of a model"
    )]
    NotJson {
        /// Why not.
        reason: JsonFault,
    },
    /// A rotary embedding that cannot be computed.
    #[error(transparent)]
    Position(#[from] PositionError),
    /// A key that the file needs.
    #[error("decoder: the file says nothing of \"{key}\"; without it the model cannot be run")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// A value that cannot be.
    #[error("decoder: \"{key}\" is {found}; it must be {wanted}")]
    BadValue {
        /// The key.
        key: String,
        /// Its value.
        found: String,
        /// What would be right.
        wanted: Wanted,
    },
    /// A tensor that the configuration asks for.
    #[error(
        "decoder: the tensor \"{name}\" is missing (the configuration asks for {wanted:?}); is this the file of that configuration, and whole?"
    )]
    MissingTensor {
        /// Its name.
        name: String,
        /// The shape it should have.
        wanted: Vec<usize>,
    },
    /// Tensors that the configuration has no place for.
    #[error(
        "decoder: the configuration has no place for the tensor \"{name}\" ({} such in all); the result would be wrong without it, so give the configuration of this file", .count
    )]
    SurplusTensor {
        /// The first of them by name.
        name: String,
        /// How many there are.
        count: usize,
    },
    /// A tensor of another shape.
    #[error(
        "decoder: the tensor \"{name}\" is {found:?}, and the configuration asks for {wanted:?}; give the configuration of this file"
    )]
    Shape {
        /// Its name.
        name: String,
        /// The shape it has.
        found: Vec<usize>,
        /// The shape it should have.
        wanted: Vec<usize>,
    },
    /// A text without tokens.
    #[error("decoder: the text has no tokens; at least one is needed")]
    NoTokens,
    /// A token that has no embedding.
    #[error(
        "decoder: token {token} has no row; ids go from 0 to {}, so is this the tokenizer of this model?", .vocab.saturating_sub(1)
    )]
    UnknownToken {
        /// The token.
        token: u32,
        /// Size of the vocabulary.
        vocab: usize,
    },
    /// A text longer than the table of positions.
    #[error(
        "decoder: {tokens} tokens, and the table of positions ends at {context}; shorten the text, a learned table has no row beyond its end"
    )]
    TooLong {
        /// Tokens of the text.
        tokens: usize,
        /// Rows of the table.
        context: usize,
    },
    /// A position that was moved away from the table.
    #[error(
        "decoder: a token was moved to position {position}, and the table of positions has rows 0 to {}; move it less", .rows.saturating_sub(1)
    )]
    NoRow {
        /// Where it stands.
        position: i64,
        /// Rows of the table.
        rows: usize,
    },
    /// A layer or head that is not there.
    #[error("decoder: there is no {place} {number}; the model has {count}, counted from 0")]
    NoSuch {
        /// A layer or a head.
        place: Place,
        /// The number asked for.
        number: usize,
        /// How many there are.
        count: usize,
    },
    /// A change that has nothing to act on.
    #[error(
        "decoder: no layer of this model rotates its queries and keys, so there is no rotation to change"
    )]
    NoRotation,
    /// Heads that cannot be pooled evenly.
    #[error(
        "decoder: {kv_heads} key/value heads cannot be pooled to {asked}; choose a divisor of {kv_heads}"
    )]
    Pool {
        /// Heads there are.
        kv_heads: usize,
        /// Heads asked for.
        asked: usize,
    },
    /// A cache of another width.
    #[error("decoder: a cache of {bits} bits a number is not offered; choose 64, 32, 16, 8 or 4")]
    CacheBits {
        /// Bits a number.
        bits: u32,
    },
    /// A cache that belongs to another model.
    #[error(
        "decoder: the cache was made for {found} layers of width {found_width}, the model has {layers} of {width}; start a new one"
    )]
    ForeignCache {
        /// Layers of the cache.
        found: usize,
        /// Numbers that it keeps a token and layer.
        found_width: usize,
        /// Layers of the model.
        layers: usize,
        /// Numbers that the model keeps.
        width: usize,
    },
}
