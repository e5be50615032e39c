use super::words::{Bounds, Dimension, Objective, Operand, Part, Share};
use crate::attention::AttentionError;

/// What can be wrong with a transformer, its inputs or its training examples.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ArchitectureError {
    /// An attention layer refuses its inputs.
    #[error(transparent)]
    Attention(#[from] AttentionError),
    /// A size is 0.
    #[error("architecture: {what} is 0; at least 1 is needed")]
    Empty {
        /// Which size.
        what: Dimension,
    },
    /// Two arrays disagree on a dimension that they must share.
    #[error("architecture: {what} is {left} in {left_name} but {right} in {right_name}; they must be equal")]
    ShapeMismatch {
        /// The shared dimension.
        what: Dimension,
        /// The first array.
        left_name: Operand,
        /// Its size.
        left: usize,
        /// The second array.
        right_name: Operand,
        /// Its size.
        right: usize,
    },
    /// Fewer tokens than a part of them is said to have.
    #[error("architecture: {what} has {part} tokens but there are only {tokens}")]
    TooFewTokens {
        /// Which part.
        what: Part,
        /// Its length.
        part: usize,
        /// Number of tokens.
        tokens: usize,
    },
    /// A model of one stack is asked for the work of two.
    #[error(
        "architecture: this model has no encoder beside its decoder; only an encoder-decoder encodes and decodes, the others have `forward`"
    )]
    OneStack,
    /// A block that reads a second sequence gets none, or the other way round.
    #[error("architecture: the block {} cross-attention but {} second sequence is given", if *has { "has" } else { "has no" }, if *has { "no" } else { "a" })]
    Memory {
        /// Has the block cross-attention?
        has: bool,
    },
    /// A share that is no share.
    #[error("architecture: {what} is {value}; it must lie {range}")]
    BadShare {
        /// Which number.
        what: Share,
        /// Its value.
        value: f64,
        /// Where it has to lie.
        range: Bounds,
    },
    /// A text that is too short for an objective.
    #[error("architecture: {objective} needs at least {least} tokens, not {tokens}")]
    TooShort {
        /// Which objective.
        objective: Objective,
        /// The smallest number of tokens.
        least: usize,
        /// Number of tokens.
        tokens: usize,
    },
}

/// The check that two arrays agree on a dimension.
pub(super) fn same(
    what: Dimension,
    (left_name, left): (Operand, usize),
    (right_name, right): (Operand, usize),
) -> Result<(), ArchitectureError> {
    if left == right {
        return Ok(());
    }
    Err(ArchitectureError::ShapeMismatch { what, left_name, left, right_name, right })
}

/// The check that something is there.
pub(super) fn at_least_one(sizes: &[(Dimension, usize)]) -> Result<(), ArchitectureError> {
    match sizes.iter().find(|(_, size)| *size == 0) {
        Some(&(what, _)) => Err(ArchitectureError::Empty { what }),
        None => Ok(()),
    }
}
