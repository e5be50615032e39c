//! What a model costs: how large it is, what it keeps, what it computes.
//!
//! A configuration is enough to know how many parameters a model has, how much memory its KV cache takes,
//! how much it computes and how fast it can write. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `config` | what a configuration says: [`ModelConfig`] |
//! | 2 | `published` | configurations of published models: [`published`], [`find`] |
//! | 3 | `parameters` | parameters, term by term: [`parameters()`] |
//! | 4 | `kv_cache` | the KV cache in bytes: [`cache_bytes`], [`Dtype`] |
//! | 5 | `huggingface` | a configuration file of one's own: [`from_huggingface`], [`read_huggingface`], [`huggingface_types`] |
//! | 6 | `rope` | its rotary embedding: [`rope_of_huggingface`], [`RopeConfig`] |
//! | 7 | `units` | GiB and GB: [`parse_bytes`], [`gib`], [`gb`] |
//! | 8 | `flops` | operations while reading and writing: [`prefill_flops`], [`decode_flops`] |
//! | 9 | `accelerators` | what hardware can do: [`accelerator`], [`ACCELERATORS`] |
//! | 10 | `decoding` | what a pass moves and computes, what fits, tokens a second: [`decode_cost`], [`prefill_cost`], [`free_memory`] |
//! | 11 | `training` | memory of training: [`training_state`], [`activation_bytes_per_layer`] |
//! | 12 | `error` | what can be wrong: [`BudgetError`], [`TableFault`], [`JsonFault`] |
//! | 13 | [`words`] | the names that its messages use |

mod accelerators;
mod config;
mod decoding;
mod error;
mod flops;
mod huggingface;
mod kv_cache;
mod parameters;
mod published;
mod rope;
mod training;
mod units;
pub mod words;

pub use crate::json::{JsonFault, object as json_object, quoted as json_quoted};
pub use accelerators::{ACCELERATORS, Accelerator, Reported, accelerator};
pub use config::{Bias, Experts, HeadNorm, Indexer, Kind, Latent, ModelConfig, Norm, Recurrent, Window};
pub use decoding::{StepCost, decode_cost, free_memory, prefill_cost, weight_bytes};
pub use error::{BudgetError, TableFault};
pub use flops::{Flops, decode_flops, multiplied_parameters, prefill_flops};
pub use huggingface::{FromFile, from_huggingface, huggingface_types, read_huggingface, rope_of_huggingface};
pub use kv_cache::{
    Dtype, cache_bytes, cache_bytes_with_source, cache_elements_per_token, largest_batch, largest_context,
};
pub use parameters::{Parameters, Term, parameters};
pub use published::{Published, find, published};
pub use rope::{OtherLayers, RopeConfig, RopeMethod};
pub use training::{Recompute, TrainingState, Zero, activation_bytes_per_layer, training_state};
pub use units::{gb, gib, parse_bytes};
