//! Tokenizers as files: Hugging Face's `tokenizer.json` and tiktoken's ranks.
//!
//! Everything here is from text to a value and from a value to text; reading and writing files is up to the
//! caller. What cannot be represented exactly is refused with the name of the field: a tokenizer that gives
//! *almost* the same ids is worse than none. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `read` | [`from_json`] |
//! | 2 | `model` | the models of a `tokenizer.json`: BPE, WordPiece, Unigram |
//! | 3 | `cutting` | how text is cut |
//! | 4 | `parts` | what else stands around them: normaliser, decoder, frame |
//! | 5 | `write` | [`to_json`] |
//! | 6 | `tiktoken` | [`from_tiktoken`], [`to_tiktoken`] |
//! | 7 | `field` | the fields of a JSON text, each with its name |
//! | 8 | `error`, `fault` | what can be wrong: [`FileError`], [`JsonFault`], [`LineFault`], [`Unwritable`] |
//! | 9 | [`words`] | the names that its messages use |

mod cutting;
mod error;
mod fault;
mod field;
mod model;
mod parts;
mod read;
mod tiktoken;
pub mod words;
mod write;

pub use error::FileError;
pub use fault::{Found, LineFault, Unwritable};

pub use crate::json::JsonFault;
pub use read::from_json;
pub use tiktoken::{from_tiktoken, to_tiktoken};
pub use write::to_json;
