//! From any text whatever to token ids and back: nothing is out of vocabulary.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `characters` | characters, and bytes for the rare ones: [`OpenCharacters`] |
//! | 2 | `words` | words, characters for the rare ones: [`OpenWords`] |
//! | 3 | `codec` | these two and byte-level sub-words behind one face: [`Codec`], [`Unit`] |

mod characters;
mod codec;
mod words;

pub use characters::OpenCharacters;
pub use codec::{Codec, Unit, sub_words};
pub use words::OpenWords;
