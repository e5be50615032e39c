//! Files of model weights: what lies where, and the numbers that the bytes stand for.
//!
//! A file is given as bytes; a [`Tensor`] borrows its part of them and is decoded when someone asks for it, a row at a
//! time if need be. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `encoding` | how numbers are stored: [`Encoding`] |
//! | 2 | `tensor` | [`Tensor`] |
//! | 3 | `blocks` | the blocks of each encoding, with a picture |
//! | 4 | `rounding` | rounding to an encoding, and what is lost: [`relative_error`] |
//! | 5 | `finite` | weights that are no numbers: [`not_finite`] |
//! | 6 | [`gguf`] | the files of llama.cpp: [`Gguf`], [`Value`] |
//! | 7 | [`mod@safetensors`] | the files of Hugging Face: [`SafeTensors`] |
//! | 8 | [`words`] | the names that messages use |
//! | 9 | `error` | what can be wrong with a file: [`WeightsError`], [`StandIn`] |

mod blocks;
mod encoding;
mod error;
mod finite;
pub mod gguf;
mod rounding;
pub mod safetensors;
mod tensor;
pub mod words;

pub use crate::json::StandIn;
pub use encoding::Encoding;
pub use error::WeightsError;
pub use finite::{NotFinite, not_finite};
pub use gguf::{Array, Gguf, Value};
pub use rounding::relative_error;
pub use safetensors::SafeTensors;
pub use tensor::Tensor;
