//! A whole tokenizer: text in, ids out, and back.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `tokens` | the chain itself: [`Tokenizer`], [`Encoding`] |
//! | 2 | `normalize` | what is done to text first: [`Normalize`] |
//! | 3 | `spaces` | what becomes of spaces: [`Spaces`], [`Prepend`] |
//! | 4 | `added` | tokens that are found before the model: [`AddedToken`] |
//! | 5 | `model` | the three algorithms behind one face: [`Model`], [`BpeRules`] |
//! | 6 | `decode` | from tokens to text: [`Decoder`] |
//! | 7 | `align` | changed text that remembers where it comes from |
//! | 8 | `error` | what can be wrong: [`EncodeError`] |

mod added;
mod align;
mod decode;
mod error;
mod model;
mod normalize;
mod spaces;
mod tokens;

use super::pretokenize::METASPACE;

pub use added::AddedToken;
pub use decode::Decoder;
pub use error::EncodeError;
pub use model::{BpeRules, Model};
pub use normalize::Normalize;
pub use spaces::{Prepend, Spaces};
pub use tokens::{Encoding, Tokenizer};
