//! Every claim of the written answer to LLM Q5.
//!
//! | file | claims |
//! |---|---|
//! | [`patterns`] | C2, C5, C7, C12 who sees whom, and what follows |
//! | [`objectives`] | C3, C8, C13 what the families are trained on |
//! | [`remarks`] | C10 what a study found |

mod objectives;
mod patterns;
mod remarks;

use crate::kit::claim::ClaimCheck;

/// Data and opinions are words alone.
pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::data("LLM-Q5-C1"),
    ClaimCheck::tested("LLM-Q5-C2", patterns::encoder_is_bidirectional),
    ClaimCheck::tested("LLM-Q5-C3", objectives::masked_tokens),
    ClaimCheck::opinion("LLM-Q5-C4"),
    ClaimCheck::tested("LLM-Q5-C5", patterns::encoder_cannot_generate),
    ClaimCheck::data("LLM-Q5-C6"),
    ClaimCheck::tested("LLM-Q5-C7", patterns::decoder_is_causal),
    ClaimCheck::tested("LLM-Q5-C8", objectives::next_token),
    ClaimCheck::data("LLM-Q5-C9"),
    ClaimCheck::tested("LLM-Q5-C10", remarks::best_scaling_law),
    ClaimCheck::data("LLM-Q5-C11"),
    ClaimCheck::tested("LLM-Q5-C12", patterns::encoder_decoder),
    ClaimCheck::tested("LLM-Q5-C13", objectives::spans),
    ClaimCheck::opinion("LLM-Q5-C14"),
    ClaimCheck::opinion("LLM-Q5-C15"),
    ClaimCheck::data("LLM-Q5-C16"),
    ClaimCheck::opinion("LLM-Q5-C17"),
    ClaimCheck::opinion("LLM-Q5-C18"),
];
