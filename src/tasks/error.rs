use super::words::Quantity;
use crate::decoding::DecodingError;
use crate::evaluation::EvaluationError;

/// What can be wrong when strategies are compared on tasks.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TasksError {
    /// A number that is out of its range.
    #[error("tasks: {what} is {actual}; it has to be a number from {min} to {max}")]
    Parameter {
        /// Which number.
        what: Quantity,
        /// Its value.
        actual: f64,
        /// The smallest value.
        min: f64,
        /// The largest value.
        max: f64,
    },
    /// Tail and stop together leave nothing for the task.
    #[error(
        "tasks: tail {tail} and stop {stop} leave no probability for the task; together they stay below 1"
    )]
    NothingLeft {
        /// The share of junk.
        tail: f64,
        /// The share of ending too early.
        stop: f64,
    },
    /// A count that is 0 or too large.
    #[error("tasks: {what} is {actual}; it has to be from 1 to {max}")]
    Size {
        /// What is counted.
        what: Quantity,
        /// The count.
        actual: usize,
        /// The largest one.
        max: usize,
    },
    /// A token that the alphabet does not have.
    #[error("tasks: there is no token {token}; ids go from 0 to {}", .vocab_size.saturating_sub(1))]
    NoSuchToken {
        /// The token.
        token: u32,
        /// Tokens of the alphabet.
        vocab_size: u32,
    },
    /// A strategy cannot choose.
    #[error(transparent)]
    Decoding(#[from] DecodingError),
    /// An interval cannot be drawn.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
}

/// The check that a number lies in `min..=max`; NaN does not.
pub(super) fn between(what: Quantity, actual: f64, min: f64, max: f64) -> Result<(), TasksError> {
    if (min..=max).contains(&actual) { Ok(()) } else { Err(TasksError::Parameter { what, actual, min, max }) }
}

/// The check that a count lies in `1..=max`.
pub(super) fn sized(what: Quantity, actual: usize, max: usize) -> Result<(), TasksError> {
    if (1..=max).contains(&actual) { Ok(()) } else { Err(TasksError::Size { what, actual, max }) }
}

/// The check that every token is in the alphabet.
pub(super) fn known(texts: &[&[u32]]) -> Result<(), TasksError> {
    let vocab_size = super::alphabet::VOCABULARY;
    match texts.iter().copied().flatten().find(|&&token| token >= vocab_size) {
        Some(&token) => Err(TasksError::NoSuchToken { token, vocab_size }),
        None => Ok(()),
    }
}
