//! An n-gram model with interpolated Kneser–Ney smoothing.
//!
//! The model looks at the last `n − 1` tokens. Tokens that it saw after them get most of the
//! probability; the rest goes to what it saw after the last `n − 2`, and so on down to all tokens
//! alike. Lower orders count not how often a token occurs but after how many *different* tokens:
//! "Francisco" is frequent, yet follows "San" only, so it is a poor guess elsewhere.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `readable` | the recursive formula, line by line, from counted n-grams: [`CountedNgrams`] |
//! | 2 | `discounts` | how much is taken off each count: [`Discounts`] |
//! | 3 | `key` | a token with its context as one number |
//! | 4 | `rows` | every token of the corpus with its context, sorted and counted |
//! | 5 | `levels` | the contexts as a tree, with the adjusted counts of every order |
//! | 6 | `training` | from the corpus to the tables, in steps that can be shown: [`Training`], [`Progress`] |
//! | 7 | `model` | the same probabilities as logarithms in tables: [`KneserNey`] |

mod discounts;
mod key;
mod levels;
mod model;
mod readable;
mod rows;
mod training;

pub use discounts::Discounts;
pub use model::{Context, KneserNey};
pub use readable::CountedNgrams;
pub use training::{Progress, Training};

use super::LanguageModelError;
use super::error::{known, sized};
use crate::language_model::words::Quantity;

/// The largest order: a token and seven before it.
pub const MAX_ORDER: usize = 8;

/// The largest vocabulary, 2²⁴ tokens.
const MAX_VOCABULARY: usize = 1 << 24;

/// The longest corpus, in tokens: places are counted in 32 bits.
const MAX_TOKENS: usize = 1 << 31;

/// What both forms of the model refuse.
fn check(documents: &[&[u32]], vocab_size: usize, order: usize) -> Result<(), LanguageModelError> {
    if !(1..=MAX_ORDER).contains(&order) {
        return Err(LanguageModelError::Order { order, max: MAX_ORDER });
    }
    sized(Quantity::Vocabulary, vocab_size, MAX_VOCABULARY)?;
    known(documents, vocab_size)?;
    let tokens: usize = documents.iter().map(|document| document.len() + 1).sum();
    if tokens == documents.len() {
        return Err(LanguageModelError::EmptyCorpus);
    }
    sized(Quantity::Corpus, tokens, MAX_TOKENS)
}
