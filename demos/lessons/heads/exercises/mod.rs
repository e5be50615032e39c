//! What to write oneself: shared key/value heads, and what a model costs.

mod flops;
mod gqa;
mod kv_bytes;
mod parameter_count;

use concepts::budget::{ModelConfig, find};

use crate::kit::exercise::{Exercise, Given};
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&gqa::EXERCISE, &kv_bytes::EXERCISE, &parameter_count::EXERCISE, &flops::EXERCISE];

/// A decoder as LLaMA is built: RMSNorm, a feed-forward network with a gate, no biases.
fn decoder(given: &Given) -> ModelConfig {
    let of = |name| given.whole(name) as u64;
    ModelConfig {
        layers: of("layers"),
        d_model: of("d_model"),
        heads: of("heads"),
        kv_heads: of("kv_heads"),
        head_dim: of("head_dim"),
        d_ff: of("d_ff"),
        vocab: of("vocab"),
        ..find("llama-2-7b").expect("in the table").config.clone()
    }
}
