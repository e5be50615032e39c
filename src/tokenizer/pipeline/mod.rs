//! A whole tokenizer: text in, ids out, and back.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `tokens` | the chain and its parts: [`Tokenizer`], [`Encoding`] |
//! | 2 | `build` | how one is put together |
//! | 3 | `encode`, `ids` | from text to ids, with and without their places |
//! | 4 | `text` | from ids to text |
//! | 5 | `normalize`, `unicode` | what is done to text first: [`Normalize`] |
//! | 6 | `charsmap`, `sentencepiece` | SentencePiece's own: [`Charsmap`], [`SentencePiece`] |
//! | 7 | `spaces` | what becomes of spaces: [`Spaces`], [`Prepend`] |
//! | 8 | `step` | what is done to words after the cut: [`Step`] |
//! | 9 | `added` | tokens that are found before the model: [`AddedToken`] |
//! | 10 | `model`, `rules`, `unknown` | the algorithms behind one face: [`Model`]; of byte-pair encoding more than its merges: [`BpeRules`] |
//! | 11 | `decode` | from the names of tokens to text: [`Decoder`] |
//! | 12 | `align`, `plain` | changed text that remembers where it comes from, and that does not |
//! | 13 | `error` | what can be wrong: [`EncodeError`] |
//! | 14 | `words` | the names that its messages use: [`IdOf`], [`CharsmapFault`] |

mod added;
mod align;
mod build;
mod charsmap;
mod decode;
mod encode;
mod error;
mod ids;
mod model;
mod normalize;
mod plain;
mod rules;
mod sentencepiece;
mod spaces;
mod step;
mod text;
mod tokens;
mod unicode;
mod unknown;
mod words;

use super::pretokenize::METASPACE;

pub use added::AddedToken;
pub use charsmap::Charsmap;
pub use decode::Decoder;
pub use error::EncodeError;
pub use model::Model;
pub use normalize::Normalize;
pub use rules::BpeRules;
pub use sentencepiece::SentencePiece;
pub use spaces::{Prepend, Spaces};
pub use step::Step;
pub use tokens::{Encoding, Tokenizer};
pub use words::{CharsmapFault, IdOf};
