//! Attention: every form of it, its gradient and its cost.
//!
//! Start with [`attention`], the formula of the paper line by line. Everything else is held against
//! it by tests. [`tiled_attention`] is the fast form of it, and [`OnlineSoftmax`] shows how that works.

mod error;
mod mask;
mod online_softmax;
mod readable;
mod tiled;

pub use error::AttentionError;
pub use mask::Mask;
pub use online_softmax::{OnlineSoftmax, tiled_attention_reference};
pub use readable::{Trace, attention, attention_trace};
pub use tiled::{tiled_attention, tiled_attention_parallel};
