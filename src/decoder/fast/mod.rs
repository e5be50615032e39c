//! The same model, fast: in `f32`, with the weights as they are stored.
//!
//! The twin is [`Decoder`](super::Decoder), formula by formula in `f64`. Here the matrices stay in the bytes of their
//! file ([`linear`](crate::linear)), several texts go through them together, and attention passes over the cache in
//! tiles. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `parts` | tensors of a file, each at its place |
//! | 2 | `norm` | norms of rows |
//! | 3 | `model` | the weights: [`FastModel`] |
//! | 4 | `cache` | keys and values of a text, in 32, 16, 8 or 4 bits: [`FastCache`] |
//! | 5 | `turn` | queries and keys turned to their positions |
//! | 6 | `tile` | attention of some queries of one key/value head, tile by tile |
//! | 7 | `attend` | attention of one layer, shared out among threads |
//! | 8 | `network` | the network of a layer |
//! | 9 | `asked` | which tokens go through a layer: the last one, where only the last logits are wanted, has fewer |
//! | 10 | `run` | one or many texts through all layers: [`FastDecoder`], [`Rows`] |
//! | 11 | `changed` | the model with changes |
//! | 12 | `surprise` | how little it expected each token |
//! | 13 | `text` | the fast decoder as a [`LanguageModel`](crate::decoding::LanguageModel): [`FastText`] |
//! | 14 | `error` | what can be wrong: [`FastError`] |

mod asked;
mod attend;
mod cache;
mod changed;
mod error;
mod model;
mod network;
mod norm;
mod parts;
mod run;
mod surprise;
mod text;
mod tile;
mod turn;

pub use cache::FastCache;
pub use error::FastError;
pub use model::FastModel;
pub use run::{FastDecoder, Rows};
pub use text::FastText;
