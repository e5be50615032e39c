//! Attention: every form of it, its gradient and its cost.
//!
//! Start with [`attention()`], the formula of the paper line by line. Everything else is held against
//! it by tests. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `readable` | the formula itself: [`attention()`], [`attention_trace`], [`attention_trace_with`] |
//! | 2 | `mask` | which key may be seen from which query: [`Mask`] |
//! | 3 | `positions` | where a position scheme enters: [`Positions`], [`NoPositions`] |
//! | 4 | `multi_head` | several attentions side by side, with shared keys: [`MultiHead`] |
//! | 5 | `grouped` | fewer key/value heads from a trained layer, and back: [`MultiHead::pooled`], [`MultiHead::expanded`] |
//! | 6 | `cache` | one token at a time: [`KvCache`], [`MultiHead::step`], [`MultiHead::step_with`] |
//! | 7 | `latent` | keys and values compressed into one vector a token: [`LatentAttention`], [`LatentCache`] |
//! | 8 | `backward` | the gradient: [`attention_backward`] |
//! | 9 | `online_softmax` | softmax over blocks, the readable twin of 10: [`OnlineSoftmax`] |
//! | 10 | `tiled` | the fast kernel, `f32`, which never holds `n × n` scores: [`tiled_attention`] |
//! | 11 | `step` | one token against a cache, fast, stored as `f32` or [`Bf16`]: [`decode_step`] |
//! | 12 | `careful` | rows that `f32` could not hold, computed again in `f64` |
//! | 13 | [`cost`] | multiply-adds and depth, in closed form |
//! | 14 | [`counted`] | the same computations run through a [`Tally`](crate::numerics::Tally) |
//! | 15 | [`traffic`] | elements moved between slow and fast memory |
//! | 16 | `error` | what can be wrong with the inputs: [`AttentionError`] |
//! | 17 | [`words`] | the names that its messages use |

// In front of the others: the documentation of `MultiHead` begins with how a layer is made and used.
mod multi_head;

mod backward;
mod cache;
mod careful;
pub mod cost;
pub mod counted;
mod error;
mod grouped;
mod latent;
mod mask;
mod online_softmax;
mod positions;
mod readable;
mod step;
mod tiled;
pub mod traffic;
pub mod words;

pub use backward::{Gradients, attention_backward};
pub use cache::KvCache;
pub use error::AttentionError;
pub use latent::{LatentAttention, LatentCache, LatentSizes, LatentTrace, LatentWeights};
pub use mask::Mask;
pub use multi_head::{MultiHead, MultiHeadTrace};
pub use online_softmax::{OnlineSoftmax, tiled_attention_reference};
pub use positions::{NoPositions, Positions};
pub use readable::{Trace, attention, attention_trace, attention_trace_with};
pub use step::{Bf16, CacheElement, decode_step, decode_step_parallel};
pub use tiled::{tiled_attention, tiled_attention_parallel};
