//! Numbers: what every other module is built from.
//!
//! Nothing here knows about language models.

mod rng;
pub mod softmax;
pub mod tolerance;

pub use rng::rng;
