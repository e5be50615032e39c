use super::words::Dimension;

/// What can be wrong with the inputs of a recurrent layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecurrentError {
    /// An array has another size than the layer needs.
    #[error("recurrent: {what} is {actual} but the layer needs {expected}")]
    ShapeMismatch {
        /// Which dimension of which array.
        what: Dimension,
        /// Its size.
        actual: usize,
        /// The size that fits.
        expected: usize,
    },
    /// A dimension is 0.
    #[error("recurrent: {what} is 0; at least 1 is needed")]
    Empty {
        /// Which dimension.
        what: Dimension,
    },
    /// A time after the last input.
    #[error("recurrent: there is no state {time}; the states go from 0 to {last}, one for each input")]
    NoSuchTime {
        /// The time asked for.
        time: usize,
        /// The last one.
        last: usize,
    },
}

/// The check that a dimension has the size that the layer needs.
pub(super) fn sized(what: Dimension, actual: usize, expected: usize) -> Result<(), RecurrentError> {
    if actual == expected {
        return Ok(());
    }
    Err(RecurrentError::ShapeMismatch { what, actual, expected })
}
