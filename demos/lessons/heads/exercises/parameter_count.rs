//! The parameters of a decoder as LLaMA is built.

use concepts::budget::{ModelConfig, parameters};
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "parameter-count",
    words: &WORDS,
    section: "2",
    takes: &[
        Field::new("layers", Form::Whole, ""),
        Field::new("d_model", Form::Whole, ""),
        Field::new("heads", Form::Whole, ""),
        Field::new("kv_heads", Form::Whole, ""),
        Field::new("head_dim", Form::Whole, ""),
        Field::new("d_ff", Form::Whole, ""),
        Field::new("vocab", Form::Whole, ""),
        Field::new("tied", Form::Truth, ""),
    ],
    gives: &[Field::new("total", Form::Whole, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("kv-as-queries", "C6"),
        Flaw::at("head-dim-from-model", "4"),
        Flaw::of("two-matrices", "activations C23"),
        Flaw::at("tied-ignored", "5"),
        Flaw::at("always-tied", "5"),
        Flaw::at("no-embedding", "5"),
        Flaw::at("no-final-norm", "attention 9"),
        Flaw::at("one-norm-a-layer", "attention 9"),
        Flaw::at("layer-norm", "attention 9"),
        Flaw::of("no-output-projection", "C3"),
    ],
    cases,
    twin: Twin::Whiteboard("parameters"),
    follow_ups: ["flops", "kv-bytes"],
};

fn config(given: &Given) -> ModelConfig {
    ModelConfig { tied: given.truth("tied"), ..super::decoder(given) }
}

fn right(given: &Given) -> Value {
    json!(parameters(&config(given)).expect("the cases fit").total())
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let of = |name| given.whole(name) as u64;
    let (d, heads) = (of("d_model"), of("heads"));
    let head_dim = if flaws.has("head-dim-from-model") { d / heads } else { of("head_dim") };
    let kv_heads = if flaws.has("kv-as-queries") { heads } else { of("kv_heads") };
    let outputs = if flaws.has("no-output-projection") { 1 } else { 2 };
    let attention = outputs * d * heads * head_dim + 2 * d * kv_heads * head_dim;
    let matrices = if flaws.has("two-matrices") { 2 } else { 3 };
    let feed_forward = matrices * d * of("d_ff");
    let norm = if flaws.has("layer-norm") { 2 * d } else { d };
    let norms = if flaws.has("one-norm-a-layer") { norm } else { 2 * norm };
    let last = if flaws.has("no-final-norm") { 0 } else { norm };
    let tied = (given.truth("tied") || flaws.has("always-tied")) && !flaws.has("tied-ignored");
    let tables = if tied { 1 } else { 2 } - u64::from(flaws.has("no-embedding"));
    let layer = attention + feed_forward + norms;
    Solution::new(json!(of("layers") * layer + last + tables * of("vocab") * d))
        .step("attention", json!(attention))
        .step("feed_forward", json!(feed_forward))
        .step("layer", json!(layer))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |layers: usize,
              d: usize,
              [heads, kv_heads, head_dim]: [usize; 3],
              [d_ff, vocab]: [usize; 2],
              tied: bool| {
        json!({
            "layers": layers, "d_model": d, "heads": heads, "kv_heads": kv_heads, "head_dim": head_dim,
            "d_ff": d_ff, "vocab": vocab, "tied": tied,
        })
    };
    let mut rng = rng(seed, "exercise parameter count");
    let mut drawn = |d: usize, heads: [usize; 3], tied: bool| {
        let [layers, d_ff, vocab] =
            [rng.random_range(2..90), 64 * rng.random_range(9..400), rng.random_range(1000..200_000)];
        of(layers, d, heads, [d_ff, vocab], tied)
    };
    vec![
        Case::hand(of(1, 4, [2, 1, 2], [8, 10], false)),
        Case::hand(of(2, 10, [2, 2, 5], [20, 100], true)),
        Case::drawn(drawn(4096, [32, 8, 128], false)),
        Case::drawn(drawn(2048, [16, 4, 256], true)),
        Case::drawn(drawn(768, [12, 12, 64], true)),
        Case::edge("wide-heads", drawn(1024, [16, 8, 128], false)),
        Case::edge("one-kv-head", drawn(2048, [8, 1, 256], true)),
        Case::edge("well-known", of(32, 4096, [32, 32, 128], [11_008, 32_000], false)),
    ]
}
