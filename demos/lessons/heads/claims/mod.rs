//! Every claim of the written answer to LLM Q4.
//!
//! | file | claims |
//! |---|---|
//! | [`sharing`] | C1, C2, C5, C10 who shares what |
//! | [`parameters`] | C3, C6, C11 parameters, C19 turning one layout into another |
//! | [`cache`] | C4, C7, C12 the cache, C8 what reading it costs |
//! | [`published`] | C15, C16, C18, C20 real models |
//!
//! C9 and C14 are published facts, C13 and C17 are opinions: they need no test.

mod cache;
mod parameters;
mod published;
mod sharing;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q4-C1", sharing::number_of_kv_heads),
    ClaimCheck::tested("LLM-Q4-C2", sharing::mha_owns_everything),
    ClaimCheck::tested("LLM-Q4-C3", parameters::mha_formula),
    ClaimCheck::tested("LLM-Q4-C4", cache::mha_caches_most),
    ClaimCheck::tested("LLM-Q4-C5", sharing::mqa_shares_one),
    ClaimCheck::tested("LLM-Q4-C6", parameters::mqa_formula),
    ClaimCheck::tested("LLM-Q4-C7", cache::mqa_caches_least),
    ClaimCheck::tested("LLM-Q4-C8", cache::mqa_is_faster).under_a_condition(),
    ClaimCheck::data("LLM-Q4-C9"),
    ClaimCheck::tested("LLM-Q4-C10", sharing::gqa_groups),
    ClaimCheck::tested("LLM-Q4-C11", parameters::gqa_between),
    ClaimCheck::tested("LLM-Q4-C12", cache::table_of_heads),
    ClaimCheck::opinion("LLM-Q4-C13"),
    ClaimCheck::data("LLM-Q4-C14"),
    ClaimCheck::tested("LLM-Q4-C15", published::mqa_models),
    ClaimCheck::tested("LLM-Q4-C16", published::gqa_models),
    ClaimCheck::opinion("LLM-Q4-C17"),
    ClaimCheck::tested("LLM-Q4-C18", published::group_sizes),
    ClaimCheck::tested("LLM-Q4-C19", parameters::train_mha_serve_gqa),
    ClaimCheck::tested("LLM-Q4-C20", published::llama_2_70b),
];
