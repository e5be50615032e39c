use super::words::Quantity;
use crate::tokenizer::{EncodeError, TokenizerError};

/// What can be wrong with the inputs of a language model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LanguageModelError {
    /// An order that no model is built for.
    #[error("language model: order {order} is outside 1 to {max}; 1 looks at no context, 5 at four tokens")]
    Order {
        /// The order asked for.
        order: usize,
        /// The largest one.
        max: usize,
    },
    /// A size that is 0 or too large.
    #[error("language model: {what} is {actual}; it has to be from 1 to {max}")]
    Size {
        /// What has this size.
        what: Quantity,
        /// The size.
        actual: usize,
        /// The largest one.
        max: usize,
    },
    /// There is nothing to learn from.
    #[error("language model: the training text has no tokens; give a text of at least one character")]
    EmptyCorpus,
    /// A token that the vocabulary does not have.
    #[error(
        "language model: there is no token {token}, which stands at place {place}; ids go from 0 to {}", .vocab_size.saturating_sub(1)
    )]
    NoSuchToken {
        /// The token.
        token: u32,
        /// Its place, counted through all texts from 0.
        place: usize,
        /// The number of tokens.
        vocab_size: usize,
    },
    /// A character that the training text never had.
    #[error(
        "language model: the character {character:?} at place {place} is not in the vocabulary; \
         leave it out, or train on a text that has it"
    )]
    UnknownCharacter {
        /// The character.
        character: char,
        /// Its place in the text, counted in characters from 0.
        place: usize,
    },
    /// A text that a tokenizer cannot encode, for a reason of its own.
    #[error("language model: the text cannot be encoded: {source}")]
    Encoding {
        /// What the tokenizer says.
        source: EncodeError,
    },
    /// A tokenizer cannot be trained on the text.
    #[error("language model: no tokens can be learned from the text: {source}")]
    Tokenizer {
        /// What the trainer says.
        source: TokenizerError,
    },
    /// Every token is among those that must never be said.
    #[error("language model: all {vocab_size} tokens are masked; leave at least one that can be said")]
    AllMasked {
        /// The number of tokens.
        vocab_size: usize,
    },
    /// Probabilities of one branching that are none.
    #[error(
        "language model: the probabilities after {path:?} are {probabilities:?}; each has to be from 0 to 1 \
         and together they have to give 1"
    )]
    Probabilities {
        /// The tokens that lead to the branching.
        path: Vec<String>,
        /// The probabilities found there.
        probabilities: Vec<f64>,
    },
    /// A token named twice at one branching.
    #[error("language model: the token {name:?} stands twice after {path:?}; add its probabilities")]
    Twice {
        /// The tokens that lead to the branching.
        path: Vec<String>,
        /// The token.
        name: String,
    },
    /// A parameter that is not a positive number.
    #[error("language model: {what} is {actual}; it has to be a number from {min} to {max}")]
    Parameter {
        /// Which parameter.
        what: Quantity,
        /// Its value.
        actual: f64,
        /// The smallest value.
        min: f64,
        /// The largest value.
        max: f64,
    },
}

/// The check that a size lies in `1..=max`.
pub(super) fn sized(what: Quantity, actual: usize, max: usize) -> Result<(), LanguageModelError> {
    if (1..=max).contains(&actual) {
        return Ok(());
    }
    Err(LanguageModelError::Size { what, actual, max })
}

/// The check that every token of `texts` is below `vocab_size`.
pub(super) fn known(texts: &[&[u32]], vocab_size: usize) -> Result<(), LanguageModelError> {
    let mut tokens = texts.iter().flat_map(|text| text.iter().copied()).enumerate();
    match tokens.find(|&(_, token)| token as usize >= vocab_size) {
        None => Ok(()),
        Some((place, token)) => Err(LanguageModelError::NoSuchToken { token, place, vocab_size }),
    }
}
