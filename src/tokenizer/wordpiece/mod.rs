//! WordPiece: subwords chosen by a score, words cut by the longest match.
//!
//! Training starts from characters and merges neighbours, as BPE does. What differs is the number that
//! decides which pair comes next, and three of them go by the same name. They disagree: on nine words of
//! text each can choose another first merge. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `corpus` | words cut into pieces, with counts: merging, pair counts, the likelihood |
//! | 2 | `criterion` | the numbers that decide, side by side: [`Criterion`], [`Candidate`], [`Ties`], [`Until`] |
//! | 3 | `train` | the readable trainer, with the whole table before each merge: [`trace_training`] |
//! | 4 | `fast` | the same merges without looking at every pair: [`train`], [`train_with_progress`], [`Progress`] |
//! | 5 | `model` | cutting a word: [`WordPiece`] |
//! | 6 | `error` | what can be wrong: [`WordPieceError`] |
//!
//! # Reference
//! Schuster & Nakajima 2012, *Japanese and Korean Voice Search*, section 3; Devlin et al. 2019 for the
//! encoding. Google's trainer was never released: the score as a ratio is a reconstruction, and the trainer
//! of Hugging Face merges the most frequent pair, as BPE does.
//!
//! Two runs of Hugging Face's trainer differ: of equally frequent pairs it takes the one of the smaller ids, and it numbers
//! the characters that go on a word in the order of a hash map. On Chinese, where most pairs are rare and tie, that is
//! some hundred pieces in some thousand. With the ids of such a run every merge is the same (a test replays one). Its
//! alphabet also has each character as the beginning of a word, even if none begins with it; ours has those that occur.

mod corpus;
mod criterion;
mod error;
mod fast;
mod model;
mod train;

pub use criterion::{Candidate, Criterion, Ties, Until};
pub use error::WordPieceError;
pub use fast::{Progress, train, train_with_progress};
pub use model::WordPiece;
pub use train::{Step, Training, trace_training};

/// What marks a piece that continues a word.
pub const CONTINUES: &str = "##";
