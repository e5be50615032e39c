use super::words::{Dimension, Operand};

/// What can be wrong with the inputs of attention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttentionError {
    /// Two arrays disagree on a dimension that they must share.
    #[error("attention: {what} is {left} in {left_name} but {right} in {right_name}; they must be equal")]
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
    /// A dimension is 0.
    #[error("attention: {what} is 0; at least 1 is needed")]
    Empty {
        /// Which dimension.
        what: Dimension,
    },
    /// The width of the model (for given weights: the width of `W_Q`) does not split into that many heads.
    #[error(
        "attention: d_model {d_model} is not a multiple of heads {heads}; each head gets d_model / heads features"
    )]
    HeadsDoNotDivide {
        /// Width of the model.
        d_model: usize,
        /// Number of heads.
        heads: usize,
    },
    /// The query heads cannot share the key/value heads evenly.
    #[error(
        "attention: heads {heads} is not a multiple of kv_heads {kv_heads}; each key/value head serves heads / kv_heads query heads, so choose a divisor of {heads}"
    )]
    KvHeadsDoNotDivide {
        /// Number of query heads.
        heads: usize,
        /// Number of key/value heads.
        kv_heads: usize,
    },
    /// Key/value heads cannot be averaged in groups of one size.
    #[error(
        "attention: {from} key/value heads cannot be averaged into {to}; each new head is the mean of from / to old ones, so choose a divisor of {from}"
    )]
    PoolDoesNotDivide {
        /// Number of key/value heads of the layer.
        from: usize,
        /// Number asked for.
        to: usize,
    },
    /// The blocks of a tiled computation do not fit into the fast memory together.
    #[error(
        "attention: the blocks need {needed} elements of fast memory but it holds {available}; enlarge it or reduce d"
    )]
    FastMemoryTooSmall {
        /// Elements that are alive at once in the largest step.
        needed: u64,
        /// Elements that fit.
        available: u64,
    },
    /// More queries than keys under a causal mask or a window.
    #[error(
        "attention: a causal mask lines up the last query with the last key, so {queries} queries need at least as many keys, not {keys}"
    )]
    CausalNeedsKeys {
        /// Number of queries.
        queries: usize,
        /// Number of keys.
        keys: usize,
    },
    /// A rotation of positions turns more features than a head has.
    #[error(
        "attention: the rotation turns {rotary_dim} features but a head has {d_head}; give it at most {} frequencies", d_head / 2
    )]
    RotaryTooWide {
        /// Number of features that are turned.
        rotary_dim: usize,
        /// Width of one head.
        d_head: usize,
    },
}
