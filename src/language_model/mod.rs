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
//! | 4 | `tree` | a model with every probability written down: [`TreeModel`], [`Branch`] |
//! | 5 | `random_tree` | trees drawn from a Dirichlet distribution: [`TreeModel::random`] |
//! | 6 | `perplexity` | how well a model predicts a text: [`score`], [`Score`] |
//! | 7 | `error` | what can be wrong with the inputs: [`LanguageModelError`] |
//! | 8 | [`words`] | the names that its messages use |
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
pub mod ngram;
mod perplexity;
mod random_tree;
mod subwords;
mod tree;
mod vocabulary;
pub mod words;

pub use error::LanguageModelError;
pub use ngram::KneserNey;
pub use perplexity::{Score, score, score_document};
pub use tree::{Branch, TreeModel};
pub use vocabulary::{CharVocabulary, TextCodec, UnknownCharacters};
