//! What is measured, for prose and claims alike.
//!
//! An experiment that the library refuses gives nothing at all, or a number that is none: no claim
//! passes on it.

pub(crate) mod cost;
pub(crate) mod counting;
pub(crate) mod criteria;
pub(crate) mod growth;
pub(crate) mod held_out;
pub(crate) mod languages;
pub(crate) mod learned;
pub(crate) mod lengths;
pub(crate) mod markers;
pub(crate) mod prose;
pub(crate) mod raw_text;
pub(crate) mod real_tokenizers;
pub(crate) mod sample;
pub(crate) mod sentencepiece;
pub(crate) mod tree;
pub(crate) mod whiteboard;
