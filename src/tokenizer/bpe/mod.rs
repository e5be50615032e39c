//! Byte-pair encoding: start from single characters or bytes, merge the most frequent pair, repeat.
//!
//! Training and encoding are two different algorithms. Training *counts* pairs in a corpus and writes
//! down the merges in order. Encoding counts nothing: it replays the merges, the earliest learned
//! first. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `options` | what must be said before training: [`BpeOptions`], [`Base`], [`WordEnd`], [`TieRule`] |
//! | 2 | `words` | the corpus: distinct words with counts, [`count_words`] |
//! | 3 | `merge` | what is merged: [`Pair`], [`Merge`] |
//! | 4 | `readable` | the trainer as on the whiteboard, each step with its table: [`ReadableTrainer`] |
//! | 5 | `paths` | what the tie rule decides: every way to break the ties, [`all_tie_paths`] |
//! | 6 | `model`, `build`, `marks` | vocabulary and merges: [`Bpe`], [`Marks`], encoding and decoding |
//! | 7 | `train` | the fast trainer, with the same merges: [`WordCounter`], [`train`](train()) |
//! | 8 | `encode` | the fast encoder, with the same tokens: [`Encoder`] |
//! | 9 | `ranks`, `characters`, `joints`, `table` | what the encoder looks up: ranks of pairs, characters taken whole, where a text falls apart, words |

mod build;
mod characters;
mod encode;
mod joints;
mod marks;
mod merge;
mod model;
mod options;
mod paths;
mod ranks;
mod readable;
mod table;
mod train;
mod words;

pub use encode::Encoder;
pub use marks::Marks;
pub use merge::{Merge, Pair};
pub use model::{Bpe, Piece};
pub use options::{Base, BpeOptions, ByteOrder, END_OF_WORD, TieRule, WordEnd};
pub use paths::all_tie_paths;
pub use readable::{PairCount, ReadableTrainer, Step, train_readable};
pub use train::{Progress, Trained, WordCounter, count_text, train};
pub use words::{WordCount, count_words};
