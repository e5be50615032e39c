/// What can be wrong with a problem or with what is asked of it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RegularizationError {
    /// Rows and responses do not belong together.
    #[error("regularization: {rows} rows but {responses} responses; each row needs one")]
    Unpaired {
        /// Rows of the table.
        rows: usize,
        /// Responses.
        responses: usize,
    },
    /// Nothing varies in one row.
    #[error("regularization: {rows} rows; at least 2 are needed")]
    TooFewRows {
        /// Rows there are.
        rows: usize,
    },
    /// No column is left.
    #[error("regularization: no column varies; at least one must")]
    NothingVaries,
    /// The response is the same everywhere.
    #[error("regularization: the response is {value} in every row; there is nothing to explain")]
    ConstantResponse {
        /// That value.
        value: f64,
    },
    /// A number that is none, or whose square is beyond `f64`.
    #[error(
        "regularization: row {row} of column {column} is {value}; only numbers up to {most:e} can be squared"
    )]
    Number {
        /// Row, from 0.
        row: usize,
        /// Column, from 0; the response comes after the last one.
        column: usize,
        /// The value.
        value: f64,
        /// The largest magnitude that is taken.
        most: f64,
    },
    /// A penalty that is negative or no number.
    #[error("regularization: lambda {lambda}; give a number from 0, the larger the stronger")]
    Lambda {
        /// The penalty asked for.
        lambda: f64,
    },
    /// A mixture outside of its range.
    #[error("regularization: alpha {alpha}; give a number from 0, ridge, to 1, lasso")]
    Mixing {
        /// The mixture asked for.
        alpha: f64,
    },
    /// Steps toward zero need a penalty that bends there.
    #[error(
        "regularization: without an absolute value in the penalty there is no gap to stop at; use the ridge"
    )]
    NoAbsoluteValue,
    /// Several solutions, and nothing to choose by.
    #[error(
        "regularization: column {column} is spanned by those before it and lambda is 0; give a lambda above 0"
    )]
    Singular {
        /// The column, from 0.
        column: usize,
    },
    /// A path that does not come to its end.
    #[error(
        "regularization: after {knots} knots the exact path has not reached its end: columns tie in too many ways"
    )]
    Circles {
        /// Knots so far.
        knots: usize,
    },
    /// More folds than rows, or too few folds.
    #[error("regularization: {folds} folds of {rows} rows; give from 2 to the number of rows")]
    Folds {
        /// Folds asked for.
        folds: usize,
        /// Rows there are.
        rows: usize,
    },
    /// Fewer values to choose from than there must be.
    #[error("regularization: {points} values of lambda to choose from; at least 2 are needed")]
    Grid {
        /// Values there are.
        points: usize,
    },
}

/// The check of a penalty's size.
pub(super) fn penalty(lambda: f64) -> Result<(), RegularizationError> {
    if lambda >= 0.0 && lambda.is_finite() { Ok(()) } else { Err(RegularizationError::Lambda { lambda }) }
}
