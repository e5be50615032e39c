//! The unigram language model: of all ways to cut a word, the most probable one.
//!
//! Every piece has a probability, a cut has the product of those of its pieces, and a word the sum over all
//! its cuts. Training goes the other way than BPE: it begins with far too many pieces and takes away those
//! that the likelihood misses least. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `model` | pieces and their probabilities: [`Unigram`], [`Cut`], what becomes of unknown characters: [`Unknown`] |
//! | 2 | `lattice` | every cut of a word as paths: forward, backward, [`Marginal`] |
//! | 3 | `search` | the most probable cut, the `n` best, a random one |
//! | 4 | `encode` | from a word to ids |
//! | 5 | `options` | what must be said before training: [`UnigramOptions`], [`Estimate`] |
//! | 6 | `corpus` | the words that occur, and pieces in order |
//! | 7 | `seed` | the pieces to begin with: frequent substrings |
//! | 8 | `formula` | maximisation with its prior, and what a piece is worth |
//! | 9 | `readable` | expectation–maximisation and pruning, line by line: [`trace_training`], [`Pruned`] |
//! | 10 | `train` | what training leaves behind: [`Training`], [`Round`]; the fast trainer, [`train`], [`train_with_progress`] |
//! | 11 | `fast` | its suffixes, its lattice of all words, its steps |
//! | 12 | `progress` | how far training has come: [`Progress`] |
//! | 13 | `trie` | which pieces begin at a byte |
//! | 14 | `error` | what can be wrong: [`UnigramError`] |
//! | 15 | [`words`] | the names that its messages use |
//!
//! Spaces are not special here: whoever cuts text into words writes `▁` for a space, as SentencePiece does.
//!
//! # Reference
//! Kudo 2018, *Subword Regularization*; Kudo & Richardson 2018, *SentencePiece*, which implements this
//! algorithm and BPE.

mod corpus;
mod encode;
mod error;
mod fast;
mod formula;
mod lattice;
mod model;
mod options;
mod progress;
mod readable;
mod search;
mod seed;
mod train;
mod trie;
pub mod words;

pub use error::UnigramError;
pub use lattice::Marginal;
pub use model::{Cut, Span, Unigram, Unknown};
pub use options::{Estimate, UnigramOptions};
pub use progress::Progress;
pub use readable::{Pruned, trace_training};
pub use train::{Round, Training, train, train_with_progress};

/// What stands for a space in the pieces.
pub const SPACE: char = '▁';
