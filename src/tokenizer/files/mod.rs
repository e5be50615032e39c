//! Tokenizers as files: Hugging Face's `tokenizer.json`, tiktoken's ranks, Mistral's `tekken.json`, SentencePiece's
//! models, the metadata of GGUF.
//!
//! Everything here is from text to a value and from a value to text; reading and writing files is up to the
//! caller. What cannot be represented exactly is refused with the name of the field: a tokenizer that gives
//! *almost* the same ids is worse than none. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `read` | [`from_json`] |
//! | 2 | `model`, `bpe`, `vocabulary` | the models of a `tokenizer.json`: BPE, WordPiece, Unigram, WordLevel; their names and ids |
//! | 3 | `cutting` | how text is cut |
//! | 4 | `parts`, `frame` | what else stands around them: normaliser, decoder, frame |
//! | 5 | `write`, `around` | [`to_json`]: the model, and what stands around it |
//! | 6 | `ranks`, `tiktoken` | [`from_tiktoken`], [`to_tiktoken`] |
//! | 7 | `published` | whose ranks a file holds: [`Published`], [`from_published`] |
//! | 8 | `tekken` | Mistral's files |
//! | 9 | `sentencepiece` | [`from_sentencepiece`] |
//! | 10 | [`mod@gguf`] | the tokenizer of a file of weights: [`from_gguf`] |
//! | 11 | `apart` | parts of a tokenizer, and BERT's pieces |
//! | 12 | `any` | a file of any format: [`from_bytes`], [`from_pieces`], [`Kind`] |
//! | 13 | `field` | the fields of a JSON text, each with its name |
//! | 14 | `error`, `fault` | what can be wrong: [`FileError`], [`JsonFault`], [`LineFault`], [`ModelFault`], [`Unwritable`] |
//! | 15 | [`words`] | the names that its messages use |

mod any;
mod apart;
mod around;
mod bpe;
mod cutting;
mod error;
mod fault;
mod field;
mod frame;
pub mod gguf;
mod model;
mod parts;
mod published;
mod ranks;
mod read;
mod sentencepiece;
mod tekken;
mod tiktoken;
mod vocabulary;
pub mod words;
mod write;

pub use any::{Kind, Loaded, from_bytes, from_pieces};
pub use error::FileError;
pub use fault::{Found, LineFault, ModelFault, Unwritable};
pub use gguf::{GgufError, GgufVocabulary, from_gguf};

pub use crate::json::JsonFault;
pub use published::Published;
pub use read::from_json;
pub use sentencepiece::from_sentencepiece;
pub use tiktoken::{from_published, from_tiktoken, to_tiktoken};
pub use write::to_json;
