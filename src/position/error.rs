use super::words::{Dimension, Operand};

/// What can be wrong with the inputs of a position scheme.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// A dimension is 0.
    #[error("position: {what} is 0; at least 1 is needed")]
    Empty {
        /// Which dimension.
        what: Dimension,
    },
    /// A dimension that is cut into pairs is odd.
    #[error("position: {what} is {size}; features are taken in pairs, so choose an even number, for example {}", size.saturating_add(1))]
    OddDimension {
        /// Which dimension.
        what: Dimension,
        /// Its size.
        size: usize,
    },
    /// Powers of the base would not make the frequencies fall.
    #[error("position: the base is {base}; it must be finite and above 1 (10000 is usual)")]
    BadBase {
        /// The base.
        base: f64,
    },
    /// A result that would fill the memory.
    #[error(
        "position: {rows} x {columns} is too large a table; at most {limit} elements are made at once, so ask for fewer positions or a narrower model"
    )]
    TooLarge {
        /// Number of rows asked for.
        rows: usize,
        /// Number of columns asked for.
        columns: usize,
        /// The largest number of elements.
        limit: usize,
    },
    /// A position that has no row.
    #[error(
        "position: position {position} is beyond the table of {len} positions; make the table longer or interpolate it, or use a scheme that is computed for any position"
    )]
    BeyondTable {
        /// The position asked for.
        position: usize,
        /// Number of positions in the table.
        len: usize,
    },
    /// Two arrays disagree on a dimension that they must share.
    #[error("position: {what} is {left} in {left_name} but {right} in {right_name}; they must be equal")]
    ShapeMismatch {
        /// The shared dimension.
        what: Dimension,
        /// The first array.
        left_name: Operand,
        /// Its size.
        left: usize,
        /// The second array.
        right_name: Operand,
        /// Its size.
        right: usize,
    },
    /// A head that has no column.
    #[error("position: there is no head {head}; the table has {heads} heads, counted from 0")]
    NoSuchHead {
        /// The head asked for.
        head: usize,
        /// Number of heads.
        heads: usize,
    },
    /// Buckets that cannot be told apart.
    #[error(
        "position: {buckets} buckets up to distance {max_distance} do not fit; take at least {least} buckets and a max_distance above {exact}"
    )]
    BadBuckets {
        /// Number of buckets.
        buckets: usize,
        /// The distance from which on everything is one bucket.
        max_distance: usize,
        /// The smallest number of buckets.
        least: usize,
        /// Number of distances with a bucket of their own.
        exact: usize,
    },
    /// More features are to be rotated than a head has.
    #[error(
        "position: the rotary dimension is {rotary_dim} but the head has {head_dim} features; rotate at most as many as there are"
    )]
    RotaryTooWide {
        /// Number of features to be rotated.
        rotary_dim: usize,
        /// Width of the head.
        head_dim: usize,
    },
    /// A scaling that would shorten the context.
    #[error(
        "position: the scaling factor is {factor}; it is the new length divided by the trained one and must be finite and at least 1"
    )]
    BadFactor {
        /// The factor.
        factor: f64,
    },
    /// A factor of a single pair that no frequency can be divided by.
    #[error("position: the factor of a pair is {factor}; it must be finite and above 0")]
    BadPairFactor {
        /// The factor.
        factor: f64,
    },
    /// The ramp between kept and stretched frequencies has no direction.
    #[error(
        "position: the ramp goes from {alpha} to {beta} turns; it needs 0 < lower end < upper end (1 and 32 are usual, 1 and 4 for Llama 3)"
    )]
    BadRamp {
        /// Turns below which a pair is stretched.
        alpha: f64,
        /// Turns above which a pair is kept.
        beta: f64,
    },
    /// A frequency that is no number.
    #[error("position: frequency {index} is {frequency}; every frequency must be finite")]
    BadFrequency {
        /// Which pair.
        index: usize,
        /// Its frequency.
        frequency: f64,
    },
}
