//! The library's errors as refusals, in both languages.
//!
//! English is the error's own `Display`. Chinese matches on the variants, so that the compiler finds one that
//! was forgotten. A lesson writes `?`, or `.at("--model")?` where it has a flag or a file to name.
//!
//! | file | what it holds |
//! |---|---|
//! | [`at`] | the flag or the file in front of a refusal |
//! | `spacing` | the blank between Chinese and Latin letters |
//! | `activation` | `ActivationError` |
//! | `architecture` | `ArchitectureError` |
//! | `attention` | `AttentionError` |
//! | `budget` | `BudgetError` |
//! | `chat` | `ChatError` |
//! | `classical` | `ClassicalError` |
//! | `contrastive` | `ContrastiveError` |
//! | `decoder` | `DecoderError`, `FastError` |
//! | `decoding` | `DecodingError` |
//! | `emergence` | `EmergenceError` |
//! | `evaluation` | `EvaluationError` |
//! | `language_model` | `LanguageModelError` |
//! | `linear` | `LinearError` |
//! | `position` | `PositionError` |
//! | `preference` | `PreferenceError` |
//! | `recurrent` | `RecurrentError` |
//! | `regularization` | `RegularizationError` |
//! | `scaling` | `ScalingError` |
//! | `tasks` | `TasksError` |
//! | `json` | `JsonFault`, for all files in JSON, and `StandIn`, for what lies in the place of any file |
//! | `tokenizer` | `TokenizerError` |
//! | `encode` | `EncodeError` |
//! | `files` | `FileError` |
//! | `gguf` | `GgufError` |
//! | `pattern` | `PatternError` |
//! | `unigram` | `UnigramError` |
//! | `weights` | `WeightsError` |
//! | `wordpiece` | `WordPieceError` |

pub mod at;

mod activation;
mod architecture;
mod attention;
mod budget;
mod chat;
mod classical;
mod contrastive;
mod decoder;
mod decoding;
mod emergence;
mod encode;
mod evaluation;
mod files;
mod gguf;
mod json;
mod language_model;
mod linear;
mod pattern;
mod position;
mod preference;
mod recurrent;
mod regularization;
mod scaling;
mod spacing;
mod tasks;
#[cfg(test)]
mod tests;
mod tokenizer;
mod unigram;
mod weights;
mod wordpiece;

use std::error::Error;

pub use at::{At, listed};

use crate::kit::knob::Refusal;

/// What can be said in Chinese: an error, or a name in its message.
pub trait Chinese {
    /// The Chinese.
    fn chinese(&self) -> String;
}

impl<E: Error + Chinese> From<E> for Refusal {
    fn from(error: E) -> Refusal {
        Refusal::new(error.to_string(), error.chinese())
    }
}
