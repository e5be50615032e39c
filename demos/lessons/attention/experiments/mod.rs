//! What is measured, for figures and claims alike. Each experiment is a pure function of a seed.
//!
//! | file | what is measured |
//! |---|---|
//! | `core` | attention weights of given queries and keys, and how far rows are from summing to 1 |
//! | `saturation` | what √d_k does to the softmax |
//! | `dot_products` | mean, variance and gradients of dot products, claim by claim |
//! | `several_heads` | what the structure of several heads gives |
//! | `shared_heads` | what shared keys and values save |
//! | `caches` | what a cache holds, and whether it changes the result |
//! | `masking` | right and wrong ways to apply a mask |
//! | `sequences` | what moves when one of two sequences is rearranged |
//! | `distance` | how far a signal carries |
//! | `backwards` | the RNN's gradient, over few and over many steps |
//! | `scan` | a linear recurrence all at once |
//! | `one_matrix` | why queries and keys have matrices of their own |
//! | `growth` | how the work grows |
//! | `lstm` | what the cell of an LSTM carries |
//! | `tiling` | what tiled attention computes and moves |

pub(crate) mod backwards;
pub(crate) mod caches;
pub(crate) mod core;
pub(crate) mod distance;
pub(crate) mod dot_products;
pub(crate) mod growth;
pub(crate) mod lstm;
pub(crate) mod masking;
pub(crate) mod one_matrix;
pub(crate) mod saturation;
pub(crate) mod scan;
pub(crate) mod sequences;
pub(crate) mod several_heads;
pub(crate) mod shared_heads;
pub(crate) mod tiling;
