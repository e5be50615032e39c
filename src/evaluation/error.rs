/// What can be wrong with the inputs of a measurement.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluationError {
    /// There is nothing to resample.
    #[error("evaluation: there is nothing to resample; give at least one value")]
    Empty,
    /// Two lists that belong together differ in length.
    #[error(
        "evaluation: {first} values cannot be paired with {second}; give one of each for the same prompts"
    )]
    Unpaired {
        /// Length of the first.
        first: usize,
        /// Length of the second.
        second: usize,
    },
    /// A level of confidence that is none.
    #[error("evaluation: the level {level} is not between 0 and 1; 0.95 is usual")]
    Level {
        /// The level asked for.
        level: f64,
    },
    /// A number of resamples that is 0 or would take too long.
    #[error("evaluation: {resamples} resamples; give 1 to {max}, 2000 is usual")]
    Resamples {
        /// The number asked for.
        resamples: usize,
        /// The largest one.
        max: usize,
    },
}
