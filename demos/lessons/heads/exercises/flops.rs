//! The arithmetic of one token that a decoder writes.

use concepts::budget::decode_flops;
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "flops",
    words: &WORDS,
    section: "5",
    takes: &[
        Field::new("layers", Form::Whole, ""),
        Field::new("d_model", Form::Whole, ""),
        Field::new("heads", Form::Whole, ""),
        Field::new("kv_heads", Form::Whole, ""),
        Field::new("head_dim", Form::Whole, ""),
        Field::new("d_ff", Form::Whole, ""),
        Field::new("vocab", Form::Whole, ""),
        Field::new("context", Form::Whole, ""),
    ],
    gives: &[Field::new("total", Form::Whole, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("multiply-adds"),
        Flaw::new("embedding-counted"),
        Flaw::new("no-output"),
        Flaw::new("attention-left-out"),
        Flaw::new("scores-only"),
        Flaw::of("core-by-kv-heads", "C8"),
        Flaw::new("whole-square"),
        Flaw::new("training"),
        Flaw::of("kv-as-queries", "C6"),
    ],
    cases,
    twin: Twin::Whiteboard("flops"),
    follow_ups: ["parameter-count", "kv-bytes"],
};

fn right(given: &Given) -> Value {
    let flops =
        decode_flops(&super::decoder(given), given.whole("context") as u64).expect("the cases fit").total();
    json!(u64::try_from(flops).expect("the cases are small enough"))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let of = |name| given.whole(name) as u64;
    let (d, heads, head_dim) = (of("d_model"), of("heads"), of("head_dim"));
    let kv_heads = if flaws.has("kv-as-queries") { heads } else { of("kv_heads") };
    let layer = 2 * d * heads * head_dim + 2 * d * kv_heads * head_dim + 3 * d * of("d_ff");
    let outputs = 1 + u64::from(flaws.has("embedding-counted")) - u64::from(flaws.has("no-output"));
    let multiplied = of("layers") * layer + outputs * d * of("vocab");
    let each = if flaws.has("training") { 6 } else { 2 };
    let weights = each * multiplied;
    let products = if flaws.has("scores-only") { 2 } else { 4 };
    let core_heads = if flaws.has("core-by-kv-heads") { of("kv_heads") } else { heads };
    let pairs = if flaws.has("whole-square") { of("context") * of("context") } else { of("context") };
    let core = products * of("layers") * core_heads * head_dim * pairs;
    let core = if flaws.has("attention-left-out") { 0 } else { core };
    let total = if flaws.has("multiply-adds") { (weights + core) / 2 } else { weights + core };
    Solution::new(json!(total)).step("multiplied", json!(multiplied)).step("core", json!(core))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |layers: usize,
              d: usize,
              [heads, kv_heads, head_dim]: [usize; 3],
              [d_ff, vocab]: [usize; 2],
              context: usize| {
        json!({
            "layers": layers, "d_model": d, "heads": heads, "kv_heads": kv_heads, "head_dim": head_dim,
            "d_ff": d_ff, "vocab": vocab, "context": context,
        })
    };
    let mut rng = rng(seed, "exercise flops");
    let mut drawn = |d: usize, heads: [usize; 3]| {
        let [layers, d_ff, vocab, context] = [
            rng.random_range(2..90),
            64 * rng.random_range(9..400),
            rng.random_range(1000..200_000),
            rng.random_range(100..100_000),
        ];
        of(layers, d, heads, [d_ff, vocab], context)
    };
    vec![
        Case::hand(of(1, 4, [2, 1, 2], [8, 10], 5)),
        Case::hand(of(2, 10, [2, 2, 5], [20, 100], 10)),
        Case::drawn(drawn(4096, [32, 8, 128])),
        Case::drawn(drawn(2048, [16, 4, 256])),
        Case::drawn(drawn(768, [12, 12, 64])),
        Case::edge("wide-heads", drawn(1024, [16, 8, 128])),
        Case::edge("one-kv-head", drawn(2048, [8, 1, 256])),
        Case::edge("one-token", of(12, 768, [12, 12, 64], [3072, 50_257], 1)),
        Case::edge("well-known", of(32, 4096, [32, 32, 128], [11_008, 32_000], 4096)),
    ]
}
