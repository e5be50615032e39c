//! KV cache, weights, training: how many bytes.

use concepts::budget::{Dtype, ModelConfig, Zero, cache_bytes, find, parameters, training_state};
use rand_chacha::ChaCha8Rng;

use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::{between, one_of};
use crate::named;

/// The KV cache of a decoder with grouped queries.
pub(super) static KV_CACHE: PuzzleKind = PuzzleKind { id: "kv-cache", lesson: "heads", draw: kv_cache };
/// The parameters of such a decoder.
pub(super) static PARAMETERS: PuzzleKind = PuzzleKind { id: "parameters", lesson: "heads", draw: count };
/// What training with Adam keeps.
pub(super) static TRAINING: PuzzleKind =
    PuzzleKind { id: "training-memory", lesson: "heads", draw: training };

/// A decoder like LLaMA's, with sizes drawn.
fn decoder(rng: &mut ChaCha8Rng) -> ModelConfig {
    let mut config = find("llama-3.1-8b").expect("a published model").config.clone();
    let groups = one_of(&[4, 8], rng);
    config.head_dim = one_of(&[64, 128], rng);
    config.heads = groups * one_of(&[4, 8], rng);
    config.kv_heads = config.heads / groups;
    config.layers = 8 * between(2, 10, rng) as u64;
    config.d_model = config.heads * config.head_dim;
    config.d_ff = config.d_model * one_of(&[3, 4], rng);
    config.vocab = one_of(&[32_000, 64_000, 128_000], rng);
    config
}

fn kv_cache(rng: &mut ChaCha8Rng) -> Drawn {
    let config = decoder(rng);
    let context = one_of(&[2048, 4096, 8192, 16_384, 32_768], rng) as u64;
    let batch = one_of(&[2, 4, 8, 16], rng) as u64;
    let (dtype, bits, bytes) = one_of(&[(Dtype::Bf16, 16usize, 2usize), (Dtype::F32, 32, 4)], rng);
    let right = cache_bytes(&config, dtype, context, batch).expect("sizes that fit") as f64;
    let values = named![
        layers = config.layers,
        heads = config.heads,
        kv_heads = config.kv_heads,
        head_dim = config.head_dim,
        context,
        batch,
        bits,
        bytes,
        right = super::super::sheet::in_bytes(right),
    ];
    let whole = |n: u64| n as f64;
    let drawn = Drawn::new(&values, right, Unit::Bytes);
    // Two bytes in place of four give what a missing 2 gives: they cannot be told apart.
    let drawn = if bytes == 2 { drawn.slip("four-bytes", right * 2.0) } else { drawn };
    drawn
        .slip("no-two", right / 2.0)
        .slip("query-heads", right * whole(config.heads / config.kv_heads))
        .slip("no-batch", right / whole(batch))
        .slip("bits", right * 8.0)
        .slip("one-layer", right / whole(config.layers))
}

fn count(rng: &mut ChaCha8Rng) -> Drawn {
    let config = decoder(rng);
    let right = total(&config);
    let changed = |change: fn(&mut ModelConfig)| {
        let mut other = config.clone();
        change(&mut other);
        total(&other)
    };
    let d = config.d_model;
    let embeddings = (config.vocab * d) as f64 * if config.tied { 1.0 } else { 2.0 };
    let values = named![
        layers = config.layers,
        heads = config.heads,
        kv_heads = config.kv_heads,
        head_dim = config.head_dim,
        d,
        d_ff = config.d_ff,
        vocab = config.vocab,
        right = super::super::sheet::counted(right),
    ];
    Drawn::new(&values, right, Unit::Count)
        .slip("two-matrices", changed(|config| config.gated = false))
        .slip("query-heads", changed(|config| config.kv_heads = config.heads))
        .slip("no-embeddings", right - embeddings)
        .slip("one-layer", changed(|config| config.layers = 1))
}

fn total(config: &ModelConfig) -> f64 {
    parameters(config).map_or(f64::NAN, |parameters| parameters.total() as f64)
}

fn training(rng: &mut ChaCha8Rng) -> Drawn {
    let billions = one_of(&[1.3, 3.0, 7.0, 8.0, 13.0, 34.0, 70.0], rng);
    let n = billions * 1e9;
    let state = training_state(n as u64, Zero::Nothing, 1).expect("one device");
    let right = state.total() as f64;
    let values = named![size = billions, right = super::super::sheet::in_bytes(right)];
    Drawn::new(&values, right, Unit::Bytes)
        .slip("weights-only", state.weights as f64)
        .slip("no-optimizer", (state.weights + state.gradients) as f64)
        .slip("no-master-copy", right - 4.0 * n)
        .slip("bits", right * 8.0)
}
