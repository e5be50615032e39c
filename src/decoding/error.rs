use super::words::{Bounds, Parameter};

/// What can be wrong when a next token is to be chosen.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecodingError {
    /// There are no logits.
    #[error("decoding: the vocabulary is empty; a token can only be chosen from at least one")]
    EmptyVocabulary,
    /// More tokens than a `u32` can number.
    #[error("decoding: {vocab_size} logits; tokens are numbered by 32 bits")]
    VocabularyTooLarge {
        /// Number of logits.
        vocab_size: usize,
    },
    /// A logit is NaN.
    #[error("decoding: the logit of token {token} is NaN; something went wrong in the model")]
    NanLogit {
        /// The first such token.
        token: usize,
    },
    /// A logit is +∞, and the probability ∞ / ∞.
    #[error(
        "decoding: the logit of token {token} is +∞; logits are finite, or −∞ for a token that cannot follow"
    )]
    InfiniteLogit {
        /// The first such token.
        token: usize,
    },
    /// Every token has probability 0.
    #[error("decoding: all {vocab_size} logits are −∞, so no token can follow; allow at least one")]
    NoCandidate {
        /// Number of logits.
        vocab_size: usize,
    },
    /// A probability is negative, NaN or infinite.
    #[error("decoding: the probability of token {token} is {value}; it must be finite and not negative")]
    BadProbability {
        /// The first such token.
        token: usize,
        /// Its probability.
        value: f64,
    },
    /// A parameter of a strategy is out of its range.
    #[error("decoding: {name} is {value}; it must be {range}")]
    Parameter {
        /// The parameter.
        name: Parameter,
        /// Its value.
        value: f64,
        /// What would be right.
        range: Bounds,
    },
    /// A count is 0 that must be at least 1.
    #[error("decoding: {name} is 0; at least 1 is needed")]
    Zero {
        /// Which count.
        name: Parameter,
    },
    /// A token of the prompt or the history is not in the vocabulary.
    #[error("decoding: there is no token {token}; ids go from 0 to {}", .vocab_size.saturating_sub(1))]
    UnknownToken {
        /// The token.
        token: u32,
        /// Number of tokens in the vocabulary.
        vocab_size: usize,
    },
    /// Two models that must share a vocabulary do not.
    #[error("decoding: the draft has {draft} tokens and the target {target}; both must share one vocabulary")]
    VocabulariesDiffer {
        /// Tokens of the draft model.
        draft: usize,
        /// Tokens of the target model.
        target: usize,
    },
    /// A number does not fit to another one.
    #[error("decoding: {name} is {value}, which is more than {limit_name} {limit}; choose at most {limit}")]
    TooMany {
        /// What is too large.
        name: Parameter,
        /// Its value.
        value: usize,
        /// What it is limited by.
        limit_name: Parameter,
        /// The limit.
        limit: usize,
    },
    /// An exhaustive search would not end in time.
    #[error("decoding: the tree has more than {limit} prefixes; an exhaustive search is for small trees")]
    TreeTooLarge {
        /// How many prefixes are looked at, at most.
        limit: u64,
    },
    /// Groups of beams must have the same size.
    #[error(
        "decoding: {beams} beams cannot be shared evenly among {groups} groups; choose a divisor of {beams}"
    )]
    GroupsDoNotDivide {
        /// All beams.
        beams: usize,
        /// Groups.
        groups: usize,
    },
}

/// A parameter that must be a number in `low..=high`.
pub(super) fn check_between(
    name: Parameter,
    value: f64,
    (low, high): (f64, f64),
    range: Bounds,
) -> Result<(), DecodingError> {
    if value >= low && value <= high { Ok(()) } else { Err(DecodingError::Parameter { name, value, range }) }
}

/// A parameter that is a probability.
pub(super) fn check_probability(name: Parameter, value: f64) -> Result<(), DecodingError> {
    check_between(name, value, (0.0, 1.0), Bounds::Probability)
}

/// A parameter that must be a finite number and at least `low`.
pub(super) fn check_finite(
    name: Parameter,
    value: f64,
    low: f64,
    range: Bounds,
) -> Result<(), DecodingError> {
    check_between(name, value, (low, f64::MAX), range)
}

/// Every token of the history must be one of the vocabulary.
pub(super) fn check_history(history: &[u32], vocab_size: usize) -> Result<(), DecodingError> {
    match history.iter().find(|&&token| token as usize >= vocab_size) {
        Some(&token) => Err(DecodingError::UnknownToken { token, vocab_size }),
        None => Ok(()),
    }
}
