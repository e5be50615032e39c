//! What is asked next: why √dₖ and not dₖ, why three matrices, what it costs.

use concepts::attention::AttentionError;
use concepts::budget::{BudgetError, Dtype, cache_bytes, find, gib};
use concepts::numerics::statistics::variance;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::attention::WORDS;
use crate::lessons::attention::experiments::saturation::{KEYS, Scaling, WIDTHS, dots, spread};
use crate::lessons::attention::experiments::tiling::{LENGTHS, backward_work, moved, tiled};
use crate::lessons::attention::experiments::{one_matrix, scan};
use crate::row;

pub(crate) fn questions(seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.table("divisors", divisors(seed));
    matrices(seed, &mut f);
    recurrence(seed, &mut f);
    flash(seed, &mut f)?;
    cache(&mut f)?;
    Ok(f)
}

/// Nothing, √dₖ or dₖ under the dot product.
fn divisors(seed: u64) -> Table {
    let d_k = WIDTHS[3];
    let dots = dots(d_k, seed);
    let measured = |scaling: Scaling| {
        let scores: Vec<f64> = dots.iter().map(|dot| dot * scaling.factor(d_k)).collect();
        let spread = spread(&dots, d_k, scaling);
        row![variance(&scores).sqrt(), spread.largest, spread.median]
    };
    let of = |name: &str, scaling| [row![name], measured(scaling)].concat();
    Grid::new("divisors", &WORDS)
        .value("d_k", d_k)
        .value("keys", KEYS)
        .row(of("q·k", Scaling::Unscaled))
        .row(of("q·k / √dₖ", Scaling::Scaled))
        .row(of("q·k / dₖ", Scaling::ByWidth))
        .table()
}

/// One matrix for queries and keys, or two.
fn matrices(seed: u64, f: &mut Findings) {
    let [one, two] = one_matrix::scores(seed);
    f.number("matrix_tokens", one_matrix::TOKENS as f64);
    f.number("one_asymmetry", one.asymmetry);
    f.number("one_own", one.own);
    f.number("two_own", two.own);
}

/// A linear recurrence as a parallel scan.
fn recurrence(seed: u64, f: &mut Findings) {
    let (rounds, error) = scan::scan(seed);
    f.formula(
        "f_scan",
        r"h_t = a_t h_{t-1} + b_t, \quad (a_2, b_2) \circ (a_1, b_1) = (a_2 a_1,\; a_2 b_1 + b_2)",
        "hₜ = aₜ·hₜ₋₁ + bₜ    (a₂, b₂)∘(a₁, b₁) = (a₂·a₁, a₂·b₁ + b₂)",
    );
    f.number("scan_tokens", scan::TOKENS as f64);
    f.number("scan_rounds", rounds as f64);
    f.number("scan_error", error);
}

/// What FlashAttention saves, and what it computes again.
fn flash(seed: u64, f: &mut Findings) -> Result<(), AttentionError> {
    const HEADS: u64 = 32;
    let [_, n, _] = LENGTHS;
    f.number("flash_n", n as f64);
    f.number("flash_ratio", moved(n, &tiled)?);
    f.number("flash_backward", backward_work(seed, true) / backward_work(seed, false));
    f.number("score_heads", HEADS as f64);
    f.number("score_gib", gib(HEADS * n * n * 2)); // two bytes each
    Ok(())
}

/// The number that is asked for: the KV cache of a large model.
fn cache(f: &mut Findings) -> Result<(), BudgetError> {
    const CONTEXT: u64 = 32_768;
    let config = &find("llama-3.1-70b")?.config;
    f.number("kv_context", CONTEXT as f64);
    f.number("kv_layers", config.layers as f64);
    f.number("kv_heads", config.kv_heads as f64);
    f.number("kv_width", config.head_dim as f64);
    f.number("kv_kib_per_token", cache_bytes(config, Dtype::Bf16, 1, 1)? as f64 / 1024.0);
    f.number("kv_gib", gib(cache_bytes(config, Dtype::Bf16, CONTEXT, 1)?));
    Ok(())
}
