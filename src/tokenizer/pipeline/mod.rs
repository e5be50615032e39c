//! A whole tokenizer: text in, ids out, and back.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `tokens` | the chain and its parts: [`Tokenizer`], [`Encoding`] |
//! | 2 | `build` | how one is put together |
//! | 3 | `encode` | from text to ids |
//! | 4 | `text` | from ids to text |
//! | 5 | `normalize` | what is done to text first: [`Normalize`] |
//! | 6 | `charsmap` | SentencePiece's table of replacements: [`Charsmap`] |
//! | 7 | `spaces` | what becomes of spaces: [`Spaces`], [`Prepend`] |
//! | 8 | `added` | tokens that are found before the model: [`AddedToken`] |
//! | 9 | `model` | the three algorithms behind one face: [`Model`], [`BpeRules`] |
//! | 10 | `decode` | from the names of tokens to text: [`Decoder`] |
//! | 11 | `align` | changed text that remembers where it comes from |
//! | 12 | `error` | what can be wrong: [`EncodeError`] |
//! | 13 | `words` | the names that its messages use: [`IdOf`], [`CharsmapFault`] |

mod added;
mod align;
mod build;
mod charsmap;
mod decode;
mod encode;
mod error;
mod model;
mod normalize;
mod spaces;
mod text;
mod tokens;
mod words;

use super::pretokenize::METASPACE;

pub use added::AddedToken;
pub use charsmap::Charsmap;
pub use decode::Decoder;
pub use error::EncodeError;
pub use model::{BpeRules, Model};
pub use normalize::Normalize;
pub use spaces::{Prepend, Spaces};
pub use tokens::{Encoding, Tokenizer};
pub use words::{CharsmapFault, IdOf};
