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
//! | 3 | `parts` | what stands around them: normaliser, cutting, decoder, frame |
//! | 4 | `write` | [`to_json`] |
//! | 5 | `tiktoken` | [`from_tiktoken`], [`to_tiktoken`] |
//! | 6 | `field` | the fields of a JSON text, each with its name |
//! | 7 | `error` | what can be wrong: [`FileError`] |

mod error;
mod field;
mod model;
mod parts;
mod read;
mod tiktoken;
mod write;

pub use error::FileError;
pub use read::from_json;
pub use tiktoken::{from_tiktoken, to_tiktoken};
pub use write::to_json;
