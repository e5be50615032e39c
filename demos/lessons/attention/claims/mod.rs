//! Every claim of the written answer to LLM Q1.
//!
//! | file | claims |
//! |---|---|
//! | [`formula`] | C1 projections, C2 the formula, C9 where the weights come from |
//! | [`scaling`] | C3 why √d_k |
//! | [`heads`] | C4 several heads, C13 shared keys and values, C14 the comparison with channels |
//! | [`masks`] | C10 masks, C15 self- and cross-attention |
//! | [`order`] | C5 what can be done at once, C16 long sequences |
//! | [`gradients`] | C6 the RNN's gradient, C7 the direct path |
//! | [`cost`] | C8 complexity |
//! | [`cache`] | C11 KV cache |
//! | [`flash`] | C12 FlashAttention |

mod cache;
mod cost;
mod flash;
mod formula;
mod gradients;
mod heads;
mod masks;
mod order;
mod scaling;

use concepts::attention::{AttentionError, Mask, attention_trace};
use ndarray::{Array2, Axis};

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q1-C1", kind: Check::Old(formula::projections_are_linear) },
    ClaimCheck { id: "LLM-Q1-C2", kind: Check::Old(formula::three_steps) },
    ClaimCheck { id: "LLM-Q1-C3", kind: Check::Old(scaling::scaling_keeps_gradients) },
    ClaimCheck { id: "LLM-Q1-C4", kind: Check::Old(heads::heads_see_subspaces) },
    ClaimCheck { id: "LLM-Q1-C5", kind: Check::Old(order::all_at_once) },
    ClaimCheck { id: "LLM-Q1-C6", kind: Check::Old(gradients::rnn_gradients_vanish_or_explode) },
    ClaimCheck { id: "LLM-Q1-C7", kind: Check::Old(gradients::direct_path) },
    ClaimCheck { id: "LLM-Q1-C8", kind: Check::Old(cost::complexity) },
    ClaimCheck { id: "LLM-Q1-C9", kind: Check::Old(formula::weights_are_learned) },
    ClaimCheck { id: "LLM-Q1-C10", kind: Check::Old(masks::masks_hide) },
    ClaimCheck { id: "LLM-Q1-C11", kind: Check::Old(cache::cache_is_faster) },
    ClaimCheck { id: "LLM-Q1-C12", kind: Check::Old(flash::flash_attention) },
    ClaimCheck { id: "LLM-Q1-C13", kind: Check::Old(heads::shared_keys_and_values) },
    ClaimCheck { id: "LLM-Q1-C14", kind: Check::Old(heads::like_channels) },
    ClaimCheck { id: "LLM-Q1-C15", kind: Check::Old(masks::self_and_cross) },
    ClaimCheck { id: "LLM-Q1-C16", kind: Check::Old(order::long_sequences) },
];

/// The attention weights of unscaled queries and keys, or NaN everywhere if the shapes do not fit: a
/// NaN fails every test.
fn weights(q: &Array2<f64>, k: &Array2<f64>, mask: &Mask) -> Array2<f64> {
    let v = Array2::zeros((k.nrows(), 1));
    or_nan(
        attention_trace(q.view(), k.view(), v.view(), mask).map(|trace| trace.weights),
        (q.nrows(), k.nrows()),
    )
}

/// A result, or NaN everywhere: an error must fail the test and not be taken for a 0.
fn or_nan(result: Result<Array2<f64>, AttentionError>, shape: (usize, usize)) -> Array2<f64> {
    result.unwrap_or_else(|_| Array2::from_elem(shape, f64::NAN))
}

/// How far the worst row is from summing to 1.
fn row_sum_error(weights: &Array2<f64>) -> f64 {
    weights.sum_axis(Axis(1)).iter().map(|sum| (sum - 1.0).abs()).fold(0.0, worse)
}

/// The larger of two errors; NaN counts as the worst.
fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}
