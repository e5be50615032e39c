use super::words::{Part, Quantity};

/// What can be wrong with the inputs.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EmergenceError {
    /// A number that must be above 0 and finite.
    #[error("emergence: {what} is {value}; it must be above 0 and finite")]
    NotPositive {
        /// Which.
        what: Quantity,
        /// Its value.
        value: f64,
    },
    /// A number that must lie between 0 and 1.
    #[error("emergence: {what} is {value}; it must lie between 0 and 1")]
    Share {
        /// Which.
        what: Quantity,
        /// Its value.
        value: f64,
    },
    /// An answer of no tokens.
    #[error("emergence: an answer of 0 tokens has no score; give at least 1")]
    NoTokens,
    /// A question of one option.
    #[error("emergence: a question of {options} options asks nothing; give at least 2")]
    Options {
        /// How many.
        options: usize,
    },
    /// More right answers than questions.
    #[error("emergence: row {row}: {correct} correct of {total}; more than there are")]
    MoreThanTotal {
        /// Which row, counted from 1.
        row: usize,
        /// Right answers.
        correct: u64,
        /// Questions.
        total: u64,
    },
    /// A test without questions.
    #[error("emergence: row {row}: a test of 0 items says nothing; leave the row out")]
    NoItems {
        /// Which row, counted from 1.
        row: usize,
    },
    /// A law needs several sizes.
    #[error("emergence: the number of different sizes is {sizes}; a law over the size needs at least 2")]
    TooFewSizes {
        /// How many different ones there are.
        sizes: usize,
    },
    /// No examples.
    #[error("emergence: there are no examples; give at least 1")]
    NoExamples,
    /// Parts that do not fit together.
    #[error("emergence: {what} is {actual}, expected {expected}")]
    Shape {
        /// Which part.
        what: Part,
        /// Its size.
        actual: usize,
        /// The size that fits.
        expected: usize,
    },
    /// A sign that an expression cannot have there.
    #[error(
        "emergence: character {at} of the expression is {found:?}; numbers, + - * / and ( ) can be computed"
    )]
    Unexpected {
        /// Which character, counted from 1.
        at: usize,
        /// What stands there.
        found: char,
    },
    /// An expression that ends too early.
    #[error("emergence: the expression ends where a number or a bracket is missing")]
    Unfinished,
    /// An expression of too many brackets inside each other.
    #[error("emergence: the expression has more than {most} brackets or signs inside each other")]
    TooDeep {
        /// How many may be.
        most: usize,
    },
    /// A value that is none.
    #[error("emergence: {left} {operator} {right} is no finite number")]
    NoNumber {
        /// On the left.
        left: f64,
        /// The operator.
        operator: char,
        /// On the right.
        right: f64,
    },
}

/// The check that a number is above 0 and finite.
pub(super) fn positive(what: Quantity, value: f64) -> Result<f64, EmergenceError> {
    if value > 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(EmergenceError::NotPositive { what, value })
    }
}

/// The check that a number lies strictly between 0 and 1.
pub(super) fn inside(what: Quantity, value: f64) -> Result<f64, EmergenceError> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(EmergenceError::Share { what, value }) }
}
