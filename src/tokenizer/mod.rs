//! Tokenisers.
pub mod wordpiece;
