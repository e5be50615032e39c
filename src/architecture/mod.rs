//! Whole transformers: blocks, who sees whom, and what they are trained to say.
//!
//! An architecture is decided by a mask: the same block makes an encoder, a decoder or a prefix language
//! model. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `norm` | what keeps activations at one size: [`LayerNorm`], [`RmsNorm`] |
//! | 2 | `norm_backward` | the gradients of both: [`NormGradients`], [`RmsGradients`] |
//! | 3 | `feed_forward` | the part that works on each token alone: [`FeedForward`], [`Activation`] |
//! | 4 | `block` | attention and feed-forward, each added to what it reads: [`Block`] |
//! | 5 | `pattern` | who may see whom: [`Architecture`] |
//! | 6 | `transformer` | a small untrained model of each kind: [`Transformer`] |
//! | 7 | `influence` | which outputs move when an input does: [`influence()`] |
//! | 8 | `objectives` | inputs and targets of the usual trainings: [`Example`], [`clm_targets`], [`prefix_lm_targets`], [`mlm_mask`] |
//! | 9 | `spans` | T5's span corruption: [`span_corruption`], [`SpanCorruption`] |
//! | 10 | `cost` | what a pass costs: [`pass_cost`], [`PassCost`] |
//! | 11 | `error` | what can be wrong with the inputs: [`ArchitectureError`] |
//! | 12 | [`words`] | the names that its messages use |

mod block;
mod cost;
mod error;
mod feed_forward;
mod influence;
mod norm;
mod norm_backward;
mod objectives;
mod pattern;
mod spans;
mod transformer;
pub mod words;

pub use block::Block;
pub use cost::{PassCost, pass_cost};
pub use error::ArchitectureError;
pub use feed_forward::{Activation, FeedForward};
pub use influence::influence;
pub use norm::{LayerNorm, RmsNorm};
pub use norm_backward::{NormGradients, RmsGradients};
pub use objectives::{Example, MlmRates, clm_targets, mlm_mask, prefix_lm_targets};
pub use pattern::Architecture;
pub use spans::{SpanCorruption, span_corruption};
pub use transformer::Transformer;
