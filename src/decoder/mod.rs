//! Running a language model that was trained elsewhere: the readable twin and the fast one.
//!
//! A file of weights and its configuration become a [`Model`]; a [`Decoder`] runs it in `f64`, one formula
//! after the other, a text at once or token by token. What is to be seen inside is asked for as a value
//! ([`Ask`]), what is to be different is said as a value ([`Change`]). In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `config` | what a decoder is built of, from a `config.json` or a GGUF file: [`Config`] |
//! | 2 | `tensors` | numbers by name, wherever they come from: [`Tensors`], [`Stored`] |
//! | 3 | `files` | files of weights as such: GGUF, safetensors, and lists of tensors |
//! | 4 | `model` | the weights, each at its place: [`Model`] |
//! | 5 | `rotate` | queries and keys turned to their positions |
//! | 6 | `cache` | keys and values of the tokens so far: [`Cache`], [`Keeping`] |
//! | 7 | `attention` | new tokens look at all so far |
//! | 8 | `feed_forward` | the network of a layer |
//! | 9 | `change` | what may be different: [`Change`] |
//! | 10 | `seen` | what one wants to see: [`Ask`], [`Seen`] |
//! | 11 | `run` | a text at once, or token by token: [`Decoder`] |
//! | 12 | `text` | a decoder as a [`LanguageModel`](crate::decoding::LanguageModel): [`Text`] |
//! | 13 | `measure` | what is measured on a trained model: [`surprise`], [`head_scores`], [`induction_scores`], [`answers()`] |
//! | 14 | [`fast`] | the same model in `f32`, with the weights as they are stored |
//! | 15 | `error`, [`words`] | what can be wrong: [`DecoderError`], and the names that it uses |

mod attention;
mod cache;
mod change;
mod config;
mod error;
pub mod fast;
mod feed_forward;
mod files;
mod measure;
mod model;
mod rotate;
mod run;
mod seen;
mod tensors;
mod text;
pub mod words;

pub use cache::{Cache, Keeping};
pub use change::Change;
pub use config::{Config, Family, FromFile, Keys, LayerConfig, Norm};
pub use error::DecoderError;
pub use measure::{
    Answered, Head, HeadScores, Stretch, answers, by_position, head_scores, induction_scores, surprise,
};
pub use model::{Model, Naming};
pub use run::Decoder;
pub use seen::{Ask, Heads, Layers, Seen};
pub use tensors::{Stored, Tensors};
pub use text::Text;
