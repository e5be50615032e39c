//! Models as numbers: how large they are, and what they keep.
//!
//! A configuration is enough to know how many parameters a model has and how much memory its KV cache
//! takes. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `config` | what a configuration says: [`ModelConfig`] |
//! | 2 | `published` | configurations of published models: [`published`], [`find`] |
//! | 3 | `parameters` | parameters, term by term: [`parameters()`] |
//! | 4 | `kv_cache` | the KV cache in bytes: [`cache_bytes`], [`Dtype`] |
//! | 5 | `huggingface` | a configuration file of one's own: [`from_huggingface`] |
//! | 6 | `units` | GiB and GB: [`parse_bytes`], [`gib`], [`gb`] |
//! | 7 | `error` | what can be wrong: [`ModelError`] |

mod config;
mod error;
mod huggingface;
mod kv_cache;
mod parameters;
mod published;
mod units;

pub use config::{Bias, Experts, Kind, Latent, ModelConfig, Norm, Window};
pub use error::ModelError;
pub use huggingface::from_huggingface;
pub use kv_cache::{Dtype, cache_bytes, cache_elements_per_token, largest_batch, largest_context};
pub use parameters::{Parameters, Term, parameters};
pub use published::{Published, find, published};
pub use units::{gb, gib, parse_bytes};
