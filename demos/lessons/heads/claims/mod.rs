//! Every claim of the written answer to LLM Q4.
//!
//! | file | claims |
//! |---|---|
//! | [`sharing`] | C1, C2, C5, C10 who shares what |
//! | [`parameters`] | C3, C6, C11 parameters, C19 turning one layout into another |
//! | [`cache`] | C4, C7, C12 the cache, C8 what reading it costs |
//! | [`published`] | C9, C13 to C18, C20 real models |

mod cache;
mod parameters;
mod published;
mod sharing;

pub(super) use parameters::pooled_error;

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q4-C1", kind: Check::Old(sharing::number_of_kv_heads) },
    ClaimCheck { id: "LLM-Q4-C2", kind: Check::Old(sharing::mha_owns_everything) },
    ClaimCheck { id: "LLM-Q4-C3", kind: Check::Old(parameters::mha_formula) },
    ClaimCheck { id: "LLM-Q4-C4", kind: Check::Old(cache::mha_caches_most) },
    ClaimCheck { id: "LLM-Q4-C5", kind: Check::Old(sharing::mqa_shares_one) },
    ClaimCheck { id: "LLM-Q4-C6", kind: Check::Old(parameters::mqa_formula) },
    ClaimCheck { id: "LLM-Q4-C7", kind: Check::Old(cache::mqa_caches_least) },
    ClaimCheck { id: "LLM-Q4-C8", kind: Check::Old(cache::mqa_is_faster) },
    ClaimCheck { id: "LLM-Q4-C9", kind: Check::Old(published::quality_of_mqa) },
    ClaimCheck { id: "LLM-Q4-C10", kind: Check::Old(sharing::gqa_groups) },
    ClaimCheck { id: "LLM-Q4-C11", kind: Check::Old(parameters::gqa_between) },
    ClaimCheck { id: "LLM-Q4-C12", kind: Check::Old(cache::table_of_heads) },
    ClaimCheck { id: "LLM-Q4-C13", kind: Check::Old(published::quality_and_speed) },
    ClaimCheck { id: "LLM-Q4-C14", kind: Check::Old(published::mha_models) },
    ClaimCheck { id: "LLM-Q4-C15", kind: Check::Old(published::mqa_models) },
    ClaimCheck { id: "LLM-Q4-C16", kind: Check::Old(published::gqa_models) },
    ClaimCheck { id: "LLM-Q4-C17", kind: Check::Old(published::why_sharing_works) },
    ClaimCheck { id: "LLM-Q4-C18", kind: Check::Old(published::group_sizes) },
    ClaimCheck { id: "LLM-Q4-C19", kind: Check::Old(parameters::train_mha_serve_gqa) },
    ClaimCheck { id: "LLM-Q4-C20", kind: Check::Old(published::llama_2_70b) },
];
