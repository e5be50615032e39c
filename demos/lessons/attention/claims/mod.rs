//! Every claim of the written answer to LLM Q1.
//!
//! | file | claims |
//! |---|---|
//! | [`formula`] | C1 projections, C2 the formula, C9 where the weights come from |
//! | [`scaling`] | C3 why √d_k |
//! | [`heads`] | C4 several heads, C13 shared keys and values |
//! | [`masks`] | C10 masks, C15 self- and cross-attention |
//! | [`order`] | C5 what can be done at once, C16 long sequences |
//! | [`gradients`] | C6 the RNN's gradient, C7 the direct path |
//! | [`cost`] | C8 complexity |
//! | [`cache`] | C11 KV cache |
//! | [`flash`] | C12 FlashAttention |
//!
//! C14, a comparison, is an opinion: it stands in the words alone.

mod cache;
mod cost;
mod flash;
mod formula;
mod gradients;
mod heads;
mod masks;
mod order;
mod scaling;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q1-C1", formula::projections_are_linear).under_a_condition(),
    ClaimCheck::tested("LLM-Q1-C2", formula::three_steps),
    ClaimCheck::tested("LLM-Q1-C3", scaling::scaling_keeps_gradients).under_a_condition(),
    ClaimCheck::tested("LLM-Q1-C4", heads::heads_see_subspaces),
    ClaimCheck::tested("LLM-Q1-C5", order::all_at_once),
    ClaimCheck::tested("LLM-Q1-C6", gradients::rnn_gradients_vanish_or_explode),
    ClaimCheck::tested("LLM-Q1-C7", gradients::direct_path),
    ClaimCheck::tested("LLM-Q1-C8", cost::complexity),
    ClaimCheck::tested("LLM-Q1-C9", formula::weights_are_learned),
    ClaimCheck::tested("LLM-Q1-C10", masks::masks_hide),
    ClaimCheck::tested("LLM-Q1-C11", cache::cache_is_faster),
    ClaimCheck::tested("LLM-Q1-C12", flash::flash_attention).under_a_condition(),
    ClaimCheck::tested("LLM-Q1-C13", heads::shared_keys_and_values).under_a_condition(),
    ClaimCheck::opinion("LLM-Q1-C14"),
    ClaimCheck::tested("LLM-Q1-C15", masks::self_and_cross),
    ClaimCheck::tested("LLM-Q1-C16", order::long_sequences).under_a_condition(),
];
