named! {
    /// A size, as messages name it.
    Size {
        DModel = "d_model",
        DHidden = "d_ff",
        Depth = "the depth",
        Width = "the width",
        Inputs = "the number of inputs",
        Multiple = "the multiple",
        Experts = "the number of experts",
        Active = "the number of experts in use",
    }
}

/// What can be wrong with the inputs of an activation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ActivationError {
    /// A size is 0.
    #[error("activation: {what} is 0; at least 1 is needed")]
    Zero {
        /// Which size.
        what: Size,
    },
    /// Slices of different lengths.
    #[error("activation: the lengths {left} and {right} differ; they must be equal")]
    Lengths {
        /// Of the input.
        left: usize,
        /// Of the other one.
        right: usize,
    },
    /// More experts for each token than there are.
    #[error(
        "activation: {active} experts are to be used, but there are {experts}; at most all of them can be"
    )]
    TooMany {
        /// How many each token is to use.
        active: usize,
        /// How many there are.
        experts: usize,
    },
    /// No number at all.
    #[error("activation: the list is empty; give at least one number")]
    Empty,
    /// A number that is none.
    #[error("activation: entry {entry} is {value}; every number must be finite")]
    NotFinite {
        /// Which one, counted from 1.
        entry: usize,
        /// Its value.
        value: f64,
    },
}
