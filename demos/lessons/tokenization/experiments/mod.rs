//! What is measured, for prose and claims alike.
//!
//! An experiment that the library refuses gives nothing at all, or a number that is none: no claim
//! passes on it.

pub(super) mod cost;
pub(super) mod counting;
pub(super) mod criteria;
pub(super) mod growth;
pub(super) mod languages;
pub(super) mod learned;
pub(super) mod lengths;
pub(super) mod markers;
pub(super) mod prose;
pub(super) mod sentencepiece;
pub(super) mod tree;
pub(super) mod whiteboard;
