//! Small language models, complete: trained in a second, exact, and the same on every machine.
//!
//! Strategies of [`decoding`](crate::decoding) need a model that gives every token a probability.
//! Two kinds are here. The n-gram model learns from a text and then writes in its manner; the tree
//! says exactly what a counterexample wants it to say. Both implement
//! [`LanguageModel`], and so may any other
//! model: a transformer needs `State` to be its KV cache, `advance` to run one step and `logits` to
//! copy the last row. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `vocabulary` | from text to token ids and back: [`TextCodec`], [`CharVocabulary`] |
//! | 2 | `subwords` | the same by a [`Tokenizer`](crate::tokenizer::Tokenizer): models over sub-words |
//! | 3 | [`ngram`] | interpolated Kneser–Ney smoothing with three discounts: [`KneserNey`] |
//! | 4 | `open` | tokens for every text: characters, words, sub-words: [`Codec`], [`Unit`] |
//! | 5 | `masked` | a model that never says some tokens: [`Masked`] |
//! | 6 | `text_model` | tokens and a model learned together from one text: [`TextModel`], [`TextTraining`] |
//! | 7 | [`ppm`] | prediction by partial matching, a model of another kind: [`Ppm`] |
//! | 8 | `judge` | how probable a text is, a character and a byte: [`Judge`], [`Likelihood`] |
//! | 9 | `windows` | prompts from a text, with what really follows: [`windows()`] |
//! | 10 | `tree` | a model with every probability written down: [`TreeModel`], [`Branch`] |
//! | 11 | `random_tree` | trees drawn from a Dirichlet distribution: [`TreeModel::random`] |
//! | 12 | `perplexity` | how well a model predicts a text: [`score`], [`Score`] |
//! | 13 | `error` | what can be wrong with the inputs: [`LanguageModelError`] |
//! | 14 | [`words`] | the names that its messages use |
//!
//! ```
//! use concepts::decoding::LanguageModel;
//! use concepts::language_model::{CharVocabulary, KneserNey, TextCodec, score_document};
//!
//! let text = "the cat sat on the mat. the cat ate. the rat sat on the cat.";
//! let vocabulary = CharVocabulary::of(text);
//! let ids = vocabulary.encode(text)?;
//! let model = KneserNey::train(&[&ids], vocabulary.vocab_size(), 4)?;
//!
//! let likely = score_document(&model, &vocabulary.encode("the cat sat.")?)?;
//! let garbled = score_document(&model, &vocabulary.encode(".tas tac eht")?)?;
//! assert!(likely.perplexity() < garbled.perplexity());
//! # Ok::<(), concepts::language_model::LanguageModelError>(())
//! ```
//!
//! [`LanguageModel`]: crate::decoding::LanguageModel

mod error;
mod judge;
mod masked;
pub mod ngram;
mod open;
mod perplexity;
pub mod ppm;
mod random_tree;
mod subwords;
mod text_model;
mod tree;
mod vocabulary;
mod windows;
pub mod words;

pub use error::LanguageModelError;
pub use judge::{Judge, Likelihood, bits_per_byte, halves};
pub use masked::Masked;
pub use ngram::KneserNey;
pub use open::{Codec, OpenCharacters, OpenWords, Unit, sub_words};
pub use perplexity::{Score, score, score_document};
pub use ppm::Ppm;
pub use text_model::{Phase, TextModel, TextProgress, TextTraining};
pub use tree::{Branch, TreeModel};
pub use vocabulary::{CharVocabulary, TextCodec, UnknownCharacters};
pub use windows::{Window, windows};
