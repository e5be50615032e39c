//! The mathematics of large language models, one module per concept.
//!
//! Every computation exists at least once as a *readable twin*: the formula line by line, in `f64`,
//! in the order in which one would write it on a whiteboard. Where speed matters a fast kernel in
//! `f32` stands beside it, and tests hold the two together.
//!
//! | module | what it holds | layer |
//! |---|---|---|
//! | [`numerics`] | softmax, seeded generators, statistics, small linear algebra, tolerances | bottom |
//! | [`attention`] | attention in all its forms, its gradient and its cost | uses `numerics` |
//! | [`architecture`] | whole transformers: blocks, who sees whom, what they are trained to say | uses `numerics`, `attention` |
//! | [`budget`] | what real models cost: parameters, KV cache, arithmetic, training memory | bottom |
//! | [`corpus`] | the embedded text that tokenisers and small language models learn from | bottom |
//! | [`decoding`] | how the next token is chosen: search, truncation, sampling | uses `numerics` |
//! | [`evaluation`] | repetition, diversity and likeness of generated texts; bootstrap intervals | uses `numerics` |
//! | [`language_model`] | n-gram models, explicit trees, perplexity | uses `decoding`, `numerics` |
//! | [`position`] | how a model knows where a token stands: tables, biases, rotations | uses `numerics`, `attention` |
//! | [`recurrent`] | the recurrent layer that attention is compared with | uses `numerics` |
//! | [`tokenizer`] | text to token ids and back: pre-tokenisation, byte-pair encoding, WordPiece, unigram, files | bottom |
//!
//! The library is pure: it prints nothing, draws nothing, reads no file, no clock and no environment.
//! The lessons in the package `demos` do that.
#![deny(missing_docs)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
mod named;

pub mod architecture;
pub mod attention;
pub mod budget;
pub mod corpus;
pub mod decoding;
pub mod evaluation;
mod json;
pub mod language_model;
pub mod numerics;
pub mod position;
pub mod recurrent;
pub mod tokenizer;
