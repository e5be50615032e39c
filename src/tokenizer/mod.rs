//! From text to token ids and back.
//!
//! A tokenizer is a chain of four steps, and most surprises come from mixing them up:
//!
//! ```text
//! text ──normalise──▶ text ──pre-tokenise──▶ words ──model──▶ symbols ──vocabulary──▶ ids
//! ```
//!
//! 1. **Normalise**: lower-case, strip accents, or leave as is. What is lost here does not come back.
//! 2. **Pre-tokenise**: cut into words. No token ever crosses a cut, and training counts each
//!    distinct word once, so this step decides most of the vocabulary and nearly all of the speed.
//! 3. **Model**: cut each word into symbols of the vocabulary. [`bpe`] replays learned merges.
//! 4. **Vocabulary**: each symbol is a number, a [`TokenId`].
//!
//! Decoding is the last step backwards: the bytes of the symbols, one after the other.
//!
//! | | module | what it holds |
//! |---|---|---|
//! | 1 | [`pretokenize`] | text to words: whitespace, GPT-2, cl100k, Qwen, BERT, SentencePiece |
//! | 2 | `special` | special tokens, which no text can forge: [`SpecialTokens`] |
//! | 3 | `bytes` | a printable character for each byte: [`char_of_byte`] |
//! | 4 | `symbol`, `vocabulary` | pieces of text and their ids: [`Symbol`], [`Vocabulary`] |
//! | 5 | [`bpe`] | byte-pair encoding: training step by step, all tie-breaks, encoding by merge rank |
//! | 6 | [`wordpiece`] | merges chosen by a score, words cut by the longest match |
//! | 7 | [`unigram`] | a language model over pieces: the most probable cut, the best few, a random one |
//! | 8 | `word_level` | a token for each word: [`WordLevel`] |
//! | 9 | `pipeline` | the whole chain: [`Tokenizer`], [`Encoding`], [`Model`] |
//! | 10 | [`files`] | `tokenizer.json` of Hugging Face, ranks of tiktoken and Mistral, models of SentencePiece, metadata of GGUF |
//! | 11 | `chat` | a chat as one text: [`ChatTemplate`] |
//! | 12 | `error` | what can be wrong with the inputs: [`TokenizerError`] |

pub mod bpe;
mod bytes;
mod chat;
mod error;
pub mod files;
mod pipeline;
pub mod pretokenize;
mod special;
mod symbol;
pub mod unigram;
mod vocabulary;
mod word_level;
pub mod wordpiece;

pub use bytes::{byte_of_char, bytes_from_printable, char_of_byte, printable_from_bytes};
pub use chat::{ChatError, ChatOptions, ChatTemplate, Message};
pub use error::TokenizerError;
pub use pipeline::{
    AddedToken, BpeRules, Charsmap, CharsmapFault, Decoder, EncodeError, Encoding, IdOf, Model, Normalize,
    Prepend, SentencePiece, Spaces, Step, Tokenizer,
};
pub use special::{Allowed, Segment, SpecialTokens};
pub use symbol::Symbol;
pub use vocabulary::Vocabulary;
pub use word_level::WordLevel;

/// The number of a token: its row in the embedding table.
pub type TokenId = u32;
