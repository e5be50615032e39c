//! Every claim of the written answer to LLM Q12.
//!
//! | file | claims |
//! |---|---|
//! | [`functions`] | C2, C3, C4, C5, C9, C10 the functions |
//! | [`gates`] | C1, C11, C15, C17, C25 layers and gates |
//! | [`cost`] | C20, C23 parameters and operations |
//! | [`papers`] | C8, C12, C14, C16, C18, C22 what papers say |

mod cost;
mod functions;
mod gates;
mod papers;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q12-C1", gates::feed_forward),
    ClaimCheck::tested("LLM-Q12-C2", functions::gelu),
    ClaimCheck::tested("LLM-Q12-C3", functions::by_tanh),
    ClaimCheck::tested("LLM-Q12-C4", functions::smooth),
    ClaimCheck::tested("LLM-Q12-C5", functions::not_monotone),
    ClaimCheck::opinion("LLM-Q12-C6"),
    ClaimCheck::data("LLM-Q12-C7"),
    ClaimCheck::tested("LLM-Q12-C8", papers::gelu_better),
    ClaimCheck::tested("LLM-Q12-C9", functions::random),
    ClaimCheck::tested("LLM-Q12-C10", functions::swish),
    ClaimCheck::tested("LLM-Q12-C11", gates::one_factor_too_many),
    ClaimCheck::tested("LLM-Q12-C12", papers::best),
    ClaimCheck::data("LLM-Q12-C13"),
    ClaimCheck::tested("LLM-Q12-C14", papers::order),
    ClaimCheck::tested("LLM-Q12-C15", gates::products),
    ClaimCheck::tested("LLM-Q12-C16", papers::llama),
    ClaimCheck::tested("LLM-Q12-C17", gates::geglu),
    ClaimCheck::tested("LLM-Q12-C18", papers::t5),
    ClaimCheck::data("LLM-Q12-C19"),
    ClaimCheck::tested("LLM-Q12-C20", cost::complexity),
    ClaimCheck::data("LLM-Q12-C21"),
    ClaimCheck::tested("LLM-Q12-C22", papers::palm),
    ClaimCheck::tested("LLM-Q12-C23", cost::half_more),
    ClaimCheck::data("LLM-Q12-C24"),
    ClaimCheck::tested("LLM-Q12-C25", gates::two_forms),
];
