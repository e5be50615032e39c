//! A model that was trained elsewhere, in a person's file: opened, checked, ready to be run.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use concepts::decoder::Keeping;
//! use demos::real;
//!
//! let real = real::open(Path::new("model.gguf"), "model")?;
//! let model = real.fast()?;
//! let logits = model.decoder(Keeping::F16)?.pass(&real.ids("The sea is")?)?;
//! assert_eq!(logits.ncols(), real.config().vocab);
//! # Ok::<(), demos::kit::knob::Refusal>(())
//! ```
//!
//! The bytes of the file are kept, and the fast model borrows its matrices from them: who runs one holds the [`Real`]
//! beside it. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `opened` | what has been opened: [`Real`], [`Format`] |
//! | 2 | `open` | from a path to it: [`open()`] |
//! | 3 | `bytes` | the bytes of weights, no more than the machine has memory for |
//! | 4 | `memory` | how much that is |
//! | 5 | `places` | where each tensor lies |
//! | 6 | `other` | files that people have and that are no GGUF |
//! | 7 | `vocabulary` | the tokenizer in a GGUF file: [`tokenizer_of_gguf`] |
//! | 8 | `head` | the same without its weights: [`tokenizer_in_gguf`] |
//! | 9 | `gguf` | one file of llama.cpp |
//! | 10 | `beside` | the small files of a folder |
//! | 11 | `settings` | what they say |
//! | 12 | `folder` | a folder of Hugging Face |
//! | 13 | `lost` | what stands beside a tokenizer's own file and is not used |
//! | 14 | `shown` | a token as people read it |
//! | 15 | `page` | what every lesson's page on a model begins with |
//! | 16 | `pieces` | which bytes of a text each of its tokens stands for |
//! | 17 | `ready` | is there a model that can be run? |
//! | 18 | [`changes`] | what pages of lessons share: texts, changes of a model, what each costs |

mod beside;
mod bytes;
pub mod changes;
mod folder;
mod gguf;
mod head;
mod lost;
mod memory;
mod open;
mod opened;
mod other;
mod page;
mod pieces;
mod places;
mod ready;
mod settings;
mod shown;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use head::tokenizer_in_gguf;
pub(crate) use lost::{lost_beside, no_ends_beside};
pub use open::open;
pub use opened::{Format, Real};
pub(crate) use page::{marks, open_for, unused};
pub(crate) use pieces::bytes_of_tokens;
pub use ready::ready;
pub use vocabulary::tokenizer_of_gguf;

use crate::kit::words::Words;
use crate::words;

/// What is said when a model cannot be opened.
pub static WORDS: Words = words!("real");
