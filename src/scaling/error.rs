use super::words::Size;

/// What can be wrong with a question about scaling.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScalingError {
    /// A text that is no number.
    #[error(
        "\"{text}\" is not a number; write 70000000000, 7e10 or 70B (k, M, B and T are 10^3, 10^6, 10^9 and 10^12)"
    )]
    NotANumber {
        /// What was given.
        text: String,
    },
    /// A number that no size can be.
    #[error("{size} {value:e}: give a finite number above 0")]
    NotPositive {
        /// Of what.
        size: Size,
        /// What was given.
        value: f64,
    },
    /// No model of that name in the table.
    #[error("there is no \"{name}\" in the table of trained models; the nearest are {}", .nearest.join(", "))]
    UnknownModel {
        /// What was asked for.
        name: String,
        /// The nearest names.
        nearest: Vec<String>,
    },
    /// A run with a size or a loss that cannot be.
    #[error("run {run}: {size} is {value}; it must be a finite number above 0")]
    BadRun {
        /// Its number, from 1.
        run: usize,
        /// What of it.
        size: Size,
        /// What it is.
        value: f64,
    },
    /// Fewer runs than the law has constants, or as many.
    #[error("too few runs, {runs}: the law has 5 constants, so at least {least} are needed")]
    TooFewRuns {
        /// How many there are.
        runs: usize,
        /// How many are needed.
        least: usize,
    },
    /// Runs that leave constants open.
    #[error(
        "the {size} of the runs take too few different values, {distinct}; a floor, a factor and an exponent need at least {least}"
    )]
    TooFewSizes {
        /// Of what.
        size: Size,
        /// How many different ones there are.
        distinct: usize,
        /// How many are needed.
        least: usize,
    },
    /// Runs on one line, where the two terms look alike.
    #[error(
        "in all runs the tokens follow from the parameters by one power law, so that the terms of N and D cannot be told apart; vary one while the other stays"
    )]
    OneLine,
    /// A loss that no amount of compute reaches.
    #[error("a loss of {loss} cannot be reached: it must be above E = {floor}")]
    BelowFloor {
        /// The loss asked for.
        loss: f64,
        /// The irreducible loss.
        floor: f64,
    },
}
