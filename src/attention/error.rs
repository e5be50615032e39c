/// What can be wrong with the inputs of attention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttentionError {
    /// Two arrays disagree on a dimension that they must share.
    #[error("attention: {what} is {left} in {left_name} but {right} in {right_name}; they must be equal")]
    ShapeMismatch {
        /// The shared dimension.
        what: &'static str,
        /// The first array.
        left_name: &'static str,
        /// Its size.
        left: usize,
        /// The second array.
        right_name: &'static str,
        /// Its size.
        right: usize,
    },
    /// A dimension is 0.
    #[error("attention: {what} is 0; at least 1 is needed")]
    Empty {
        /// Which dimension.
        what: &'static str,
    },
    /// The width of the model does not split into that many heads.
    #[error(
        "attention: d_model {d_model} is not a multiple of heads {heads}; each head gets d_model / heads features"
    )]
    HeadsDoNotDivide {
        /// Width of the model.
        d_model: usize,
        /// Number of heads.
        heads: usize,
    },
    /// More queries than keys under a causal mask.
    #[error(
        "attention: a causal mask lines up the last query with the last key, so {queries} queries need at least as many keys, not {keys}"
    )]
    CausalNeedsKeys {
        /// Number of queries.
        queries: usize,
        /// Number of keys.
        keys: usize,
    },
}
