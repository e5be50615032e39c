//! Tokenisers.
pub mod unigram;
pub mod wordpiece;
