use super::words::{Part, Quantity};

/// What can be wrong with the inputs.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ClassicalError {
    /// Nothing where something is needed.
    #[error("classical: the number of {what} is 0; give at least 1")]
    None {
        /// Of what.
        what: Part,
    },
    /// Parts that do not fit together.
    #[error("classical: the number of {what} is {actual}, expected {expected}")]
    Shape {
        /// Which part.
        what: Part,
        /// How many there are.
        actual: usize,
        /// How many fit.
        expected: usize,
    },
    /// A number outside its range.
    #[error("classical: {what} is {value}; it must be finite and above 0")]
    NotPositive {
        /// Which.
        what: Quantity,
        /// Its value.
        value: f64,
    },
    /// A row of probabilities that is none.
    #[error(
        "classical: row {row} of the probabilities sums to {sum}; a row sums to 1, without negative numbers"
    )]
    NoDistribution {
        /// Which row, counted from 1.
        row: usize,
        /// Its sum.
        sum: f64,
    },
    /// A score that no path can add up.
    #[error("classical: a score is {value}; scores are finite, or minus infinity for what cannot be")]
    Score {
        /// Its value.
        value: f64,
    },
    /// A number that names nothing.
    #[error("classical: {what} are counted from 0 to {last}; {given} is none of them")]
    Unknown {
        /// Which.
        what: Part,
        /// What was given.
        given: usize,
        /// The last one.
        last: usize,
    },
    /// Every path has a probability of 0.
    #[error("classical: every path has a probability of 0; smooth the counts")]
    NoPath,
    /// Too many paths to walk.
    #[error(
        "classical: {tags} tags for {words} words are too many paths to try one by one; at most {most} are tried"
    )]
    TooManyPaths {
        /// Tags.
        tags: usize,
        /// Words.
        words: usize,
        /// What is tried at most.
        most: usize,
    },
    /// A classifier needs something to tell apart.
    #[error("classical: every row has the same label; a classifier needs at least 2 labels")]
    OneClass,
    /// A label that no row has.
    #[error("classical: no row has label {class}; every label needs at least 1 row")]
    EmptyClass {
        /// Which, counted from 0.
        class: usize,
    },
    /// Nothing is left to be tested on.
    #[error("classical: {rows} rows with {classes} labels leave none to test on; give at least {least}")]
    TooFewRows {
        /// Rows.
        rows: usize,
        /// Labels.
        classes: usize,
        /// Rows that are enough.
        least: usize,
    },
}

/// Every label is one of the classes, and every class has a row.
pub(super) fn labels(labels: &[usize], rows: usize, classes: usize) -> Result<(), ClassicalError> {
    if rows == 0 {
        return Err(ClassicalError::None { what: Part::Rows });
    }
    if labels.len() != rows {
        return Err(ClassicalError::Shape { what: Part::Labels, actual: labels.len(), expected: rows });
    }
    if classes < 2 {
        return Err(ClassicalError::OneClass);
    }
    let mut seen = vec![false; classes];
    for &label in labels {
        match seen.get_mut(label) {
            Some(seen) => *seen = true,
            None => {
                return Err(ClassicalError::Unknown { what: Part::Labels, given: label, last: classes - 1 });
            }
        }
    }
    match seen.iter().position(|seen| !seen) {
        Some(class) => Err(ClassicalError::EmptyClass { class }),
        None => Ok(()),
    }
}

/// A number that must be finite and above 0.
pub(super) fn positive(what: Quantity, value: f64) -> Result<(), ClassicalError> {
    if value.is_finite() && value > 0.0 { Ok(()) } else { Err(ClassicalError::NotPositive { what, value }) }
}
