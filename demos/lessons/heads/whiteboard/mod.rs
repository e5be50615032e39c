//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`gqa`] | grouped-query attention |
//! | [`kv_bytes`] | the bytes of the cache: MHA, GQA, MQA, MLA |
//! | [`parameters`] | the parameters of a LLaMA-like model |
//! | [`flops`] | operations per token, and tokens per second |

// The files are shown as they stand; whoever takes one along makes its functions public.
#![allow(unreachable_pub)]

mod flops;
mod gqa;
mod kv_bytes;
mod parameters;

use concepts::attention::{Mask, MultiHead, Trace};
use concepts::budget::{
    self, Accelerator, Dtype, ModelConfig, accelerator, cache_bytes, decode_cost, decode_flops, find,
};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::{Value, json};

use crate::kit::whiteboard::python;

fn model(id: &str) -> &'static ModelConfig {
    &find(id).unwrap().config
}

/// Equal up to rounding, relative to the expected number.
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= EXACT_F64 * expected.abs().max(1.0), "{found} {expected}");
}

/// The heads of a projection, each as rows.
fn heads(x: &Array2<f64>, width: usize) -> Vec<Vec<Vec<f64>>> {
    let head =
        |h: usize| x.rows().into_iter().map(move |row| row.to_vec()[h * width..(h + 1) * width].to_vec());
    (0..x.ncols() / width).map(|h| head(h).collect()).collect()
}

#[test]
fn shared_heads_attend_as_in_the_library() {
    let (d, all, n) = (32, 8, 5);
    for kv_heads in [1, 2, 4, 8] {
        let mut rng = rng(7, "whiteboard heads");
        let layer = MultiHead::random(d, all, kv_heads, &mut rng).unwrap();
        let x = normal((n, d), 1.0, &mut rng);
        let trace = layer.trace(x.view(), x.view(), &Mask::Causal).unwrap();
        let [q, k, v] = [&trace.q, &trace.k, &trace.v].map(|x| heads(x, d / all));
        let written = gqa::gqa(&q, &k, &v);
        for (found, expected) in written.iter().flatten().flatten().zip(outputs(&trace.heads)) {
            close(*found, expected);
        }
        if let Some(other) = python(include_str!("gqa.py"), "gqa(*args)", &json!([q, k, v])) {
            let other: Vec<Vec<Vec<f64>>> = serde_json::from_value(other).unwrap();
            for (found, expected) in other.iter().flatten().flatten().zip(outputs(&trace.heads)) {
                close(*found, expected);
            }
        }
    }
}

/// The numbers of all heads' outputs, in order.
fn outputs(heads: &[Trace]) -> impl Iterator<Item = f64> {
    heads.iter().flat_map(|head| head.output.iter().copied())
}

#[test]
fn the_bytes_of_the_cache_are_the_library_s() {
    const TOKENS: u64 = 4096;
    for id in ["llama-2-7b", "llama-2-70b", "falcon-7b", "deepseek-v3"] {
        let m = model(id);
        let expected = cache_bytes(m, Dtype::Bf16, TOKENS, 3).unwrap();
        let (written, call, args) = match m.latent {
            Some(mla) => (
                kv_bytes::mla_bytes(m.layers, mla.kv_rank, mla.rope, 2, TOKENS, 3),
                "mla_bytes(*args)",
                json!([m.layers, mla.kv_rank, mla.rope, 2, TOKENS, 3]),
            ),
            None => (
                kv_bytes::kv_bytes(m.layers, m.kv_heads, m.head_dim, 2, TOKENS, 3),
                "kv_bytes(*args)",
                json!([m.layers, m.kv_heads, m.head_dim, 2, TOKENS, 3]),
            ),
        };
        assert_eq!(written, expected, "{id}");
        let other = python(include_str!("kv_bytes.py"), call, &args);
        assert!(other.is_none_or(|other| other == json!(expected)), "{id}");
    }
}

#[test]
fn the_parameters_are_the_library_s() {
    for id in ["llama-2-7b", "llama-2-70b", "llama-3.1-8b", "mistral-7b"] {
        let m = model(id);
        let expected = budget::parameters(m).unwrap().total();
        let written = parameters::parameters(&parameters::Model {
            layers: m.layers,
            d: m.d_model,
            heads: m.heads,
            kv_heads: m.kv_heads,
            head_dim: m.head_dim,
            d_ff: m.d_ff,
            vocab: m.vocab,
            tied: false,
        });
        assert_eq!(written, expected, "{id}");
        let args = json!([m.layers, m.d_model, m.heads, m.kv_heads, m.head_dim, m.d_ff, m.vocab]);
        let other = python(include_str!("parameters.py"), "parameters(*args)", &args);
        assert!(other.is_none_or(|other| other == json!(expected)), "{id}");
    }
}

#[test]
fn operations_and_tokens_per_second_are_the_library_s() {
    const CONTEXT: u64 = 4096;
    let h100 = accelerator("h100").unwrap();
    for id in ["llama-2-7b", "llama-2-70b", "falcon-7b"] {
        let m = model(id);
        let n = budget::multiplied_parameters(m).unwrap() as f64;
        let sizes = [m.layers, m.heads, m.head_dim, CONTEXT].map(|size| size as f64);
        let [layers, heads, head_dim, context] = sizes;
        let per_token = flops::flops_per_token(n, layers, heads, head_dim, context);
        close(per_token, decode_flops(m, CONTEXT).unwrap().total() as f64);
        let args = json!([n, layers, heads, head_dim, context]);
        holds("flops_per_token(*args)", &args, per_token);
        for batch in [1, 64, 4096] {
            rate(m, h100, batch, per_token);
        }
    }
}

/// The rate at a batch, from bytes and operations.
fn rate(m: &ModelConfig, on: &Accelerator, batch: u64, per_token: f64) {
    let step = decode_cost(m, Dtype::Bf16, Dtype::Bf16, 4096, batch).unwrap();
    let (weights, cache) = (step.weight_bytes as f64, step.cache_bytes as f64 / batch as f64);
    let (batch, peak) = (batch as f64, on.flops.unwrap());
    let written = flops::tokens_per_second(batch, weights, cache, per_token, on.bandwidth, peak);
    close(written, step.tokens_per_second(on));
    let args = json!([batch, weights, cache, per_token, on.bandwidth, peak]);
    holds("tokens_per_second(*args)", &args, written);
}

fn holds(call: &str, args: &Value, expected: f64) {
    if let Some(other) = python(include_str!("flops.py"), call, args) {
        close(other.as_f64().unwrap(), expected);
    }
}
