//! The mathematics of large language models, one module per concept.
//!
//! Every computation exists at least once as a *readable twin*: the formula line by line, in `f64`,
//! in the order in which one would write it on a whiteboard. Where speed matters a fast kernel in
//! `f32` stands beside it, and tests hold the two together.
//!
//! | | module | what it holds | uses |
//! |---|---|---|---|
//! | numbers | [`numerics`] | softmax, seeded generators, statistics, small linear algebra, tolerances | |
//! | text | [`corpus`] | the embedded text that tokenisers and small language models learn from | |
//! | | [`tokenizer`] | text to token ids and back: pre-tokenisation, byte-pair encoding, WordPiece, unigram, files | `json`, `numerics` |
//! | | [`decoding`] | how the next token is chosen: search, truncation, sampling | `numerics` |
//! | | [`language_model`] | n-gram models, explicit trees, perplexity | `decoding`, `numerics`, `tokenizer` |
//! | | [`evaluation`] | repetition, diversity and likeness of generated texts; bootstrap intervals | `numerics` |
//! | | [`comparison`] | decoding strategies swept over their numbers and compared on any language model | `decoding`, `evaluation`, `numerics` |
//! | | [`tasks`] | tasks with a right answer and models known exactly, on which strategies are compared | `comparison`, `decoding`, `evaluation`, `numerics` |
//! | | [`classical`] | language processing before large models: hidden Markov models, linear chains, linear classifiers, nearest examples | `numerics` |
//! | network | [`activation`] | activation functions, gates, gradients through depth, fast kernels | `numerics` |
//! | | [`attention`] | attention in all its forms, its gradient and its cost | `numerics` |
//! | | [`position`] | how a model knows where a token stands: tables, biases, rotations | `attention`, `numerics` |
//! | | [`recurrent`] | the recurrent layer that attention is compared with | `numerics` |
//! | | [`architecture`] | whole transformers: blocks, who sees whom, what they are trained to say | `activation`, `attention`, `numerics` |
//! | | [`weights`] | files of model weights: GGUF, safetensors, the blocks of quantised numbers | `json` |
//! | | [`linear`] | a matrix of weights as it is stored, times one or many tokens, fast | `numerics`, `weights` |
//! | | [`decoder`] | a trained language model, read from its files and run: readable and fast, what it sees inside, what can be changed | `activation`, `budget`, `decoding`, `json`, `linear`, `numerics`, `position`, `weights` |
//! | images | [`contrastive`] | images and texts in one space: contrastive losses, two small towers, ways to fuse | `numerics` |
//! | training | [`regularization`] | penalties on the weights: ridge, lasso, elastic net, their paths, weight decay in optimisers | `numerics` |
//! | | [`preference`] | learning from comparisons: reward models, policies under a price on divergence, PPO, GRPO, DPO | `numerics` |
//! | scale | [`emergence`] | emergent abilities: one smooth law through several metrics and finite tests, learning in context | `numerics` |
//! | what it costs | [`budget`] | what real models cost: parameters, KV cache, arithmetic, training memory | `json`, `position` |
//! | | [`scaling`] | how the loss falls with parameters, tokens and compute, and what is the best split | `budget`, `numerics` |
//! | for all of them | `json` | the fields of a text in JSON, or why it cannot be read | |
//! | | `named` | words of messages as enums, so that another language can match on them | |
//!
//! No module uses one that uses it; a test reads the source and compares.
//!
//! The library is pure: it prints nothing, draws nothing, reads no file, no clock and no environment.
//! The lessons in the package `demos` do that.
#![deny(missing_docs)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
mod named;

pub mod activation;
pub mod architecture;
pub mod attention;
pub mod budget;
pub mod classical;
pub mod comparison;
pub mod contrastive;
pub mod corpus;
pub mod decoder;
pub mod decoding;
pub mod emergence;
pub mod evaluation;
mod json;
pub mod language_model;
pub mod linear;
pub mod numerics;
pub mod position;
pub mod preference;
pub mod recurrent;
pub mod regularization;
pub mod scaling;
pub mod tasks;
pub mod tokenizer;
pub mod weights;
