//! The KV cache in bytes, with layers that see only a window.

use concepts::budget::{Dtype, ModelConfig, Window, cache_bytes, find};
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "kv-bytes",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("layers", Form::Whole, ""),
        Field::new("windowed", Form::Whole, ""),
        Field::new("window", Form::Whole, ""),
        Field::new("heads", Form::Whole, ""),
        Field::new("kv_heads", Form::Whole, ""),
        Field::new("head_dim", Form::Whole, ""),
        Field::new("bytes", Form::Whole, ""),
        Field::new("tokens", Form::Whole, ""),
        Field::new("batch", Form::Whole, ""),
    ],
    gives: &[Field::new("total", Form::Whole, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("keys-only", "C4"),
        Flaw::of("query-heads", "C4"),
        Flaw::of("one-kv-head", "C7"),
        Flaw::new("no-batch"),
        Flaw::new("no-layers"),
        Flaw::new("queries-too"),
        Flaw::new("bits"),
        Flaw::new("window-ignored"),
        Flaw::new("window-everywhere"),
        Flaw::new("window-always-full"),
    ],
    cases,
    twin: Twin::Whiteboard("kv_bytes"),
    follow_ups: ["parameter-count", "flops"],
};

fn right(given: &Given) -> Value {
    let of = |name| given.whole(name) as u64;
    let window = Window { size: of("window"), layers: of("windowed"), chunked: false };
    let config = ModelConfig {
        layers: of("layers"),
        heads: of("heads"),
        kv_heads: of("kv_heads"),
        head_dim: of("head_dim"),
        window: (window.layers > 0).then_some(window),
        ..find("llama-2-7b").expect("in the table").config.clone()
    };
    let dtype = match of("bytes") {
        1 => Dtype::Fp8,
        2 => Dtype::Bf16,
        _ => Dtype::F32,
    };
    json!(cache_bytes(&config, dtype, of("tokens"), of("batch")).expect("the cases fit"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let of = |name| given.whole(name) as u64;
    let heads = if flaws.has("query-heads") {
        of("heads")
    } else if flaws.has("one-kv-head") {
        1
    } else {
        of("kv_heads")
    };
    let kinds = if flaws.has("keys-only") {
        1
    } else if flaws.has("queries-too") {
        3
    } else {
        2
    };
    let a_token = kinds * heads * of("head_dim");
    let (tokens, window) = (of("tokens"), of("window"));
    let windowed = if flaws.has("window-ignored") { 0 } else { of("windowed") };
    let seen = if flaws.has("window-always-full") { window } else { window.min(tokens) };
    let rows = if flaws.has("no-layers") {
        tokens
    } else if flaws.has("window-everywhere") {
        of("layers") * seen
    } else {
        (of("layers") - windowed) * tokens + windowed * seen
    };
    let batch = if flaws.has("no-batch") { 1 } else { of("batch") };
    let size = of("bytes") * if flaws.has("bits") { 8 } else { 1 };
    let total = a_token * rows * batch * size;
    // Without a layer that has a window some ask whether there is one, and others do not.
    let untold = flaws.has("window-everywhere") && of("windowed") == 0;
    Solution::new(if untold { json!(value::UNTOLD) } else { json!(total) })
        .step("numbers_a_token_and_layer", json!(a_token))
        .step("rows", json!(rows))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |[layers, windowed, window]: [usize; 3],
              [heads, kv_heads, head_dim]: [usize; 3],
              rest: [usize; 3]| {
        let [bytes, tokens, batch] = rest;
        json!({
            "layers": layers, "windowed": windowed, "window": window, "heads": heads, "kv_heads": kv_heads,
            "head_dim": head_dim, "bytes": bytes, "tokens": tokens, "batch": batch,
        })
    };
    let mut rng = rng(seed, "exercise kv bytes");
    let mut drawn = |layers: [usize; 3], heads: [usize; 3], bytes: usize| {
        of(layers, heads, [bytes, rng.random_range(500..9000), rng.random_range(2..20)])
    };
    vec![
        Case::hand(of([2, 0, 1], [4, 2, 8], [2, 10, 1])),
        Case::hand(of([4, 3, 5], [2, 2, 1], [1, 10, 2])),
        Case::drawn(drawn([32, 0, 1], [32, 8, 128], 2)),
        Case::drawn(drawn([80, 0, 1], [64, 8, 128], 1)),
        Case::drawn(drawn([48, 40, 256], [16, 8, 256], 2)),
        Case::edge("one-kv-head", drawn([18, 0, 1], [8, 1, 256], 4)),
        Case::edge("head-for-head", drawn([32, 0, 1], [32, 32, 128], 2)),
        Case::edge("wide-window", of([26, 22, 4096], [8, 4, 256], [2, 100, 3])),
        Case::edge("one-token", of([12, 0, 1], [12, 12, 64], [4, 1, 1])),
    ]
}
