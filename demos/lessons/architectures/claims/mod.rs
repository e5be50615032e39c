//! Every claim of the written answer to LLM Q5.
//!
//! | file | claims |
//! |---|---|
//! | [`patterns`] | C2, C5, C7, C12 who sees whom, and what follows |
//! | [`objectives`] | C3, C8, C13 what the families are trained on |
//! | [`remarks`] | C1, C4, C6, C9 to C11, C14 to C18 data and opinions |

mod objectives;
mod patterns;
mod remarks;

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q5-C1", kind: Check::Old(remarks::encoder_members) },
    ClaimCheck { id: "LLM-Q5-C2", kind: Check::Old(patterns::encoder_is_bidirectional) },
    ClaimCheck { id: "LLM-Q5-C3", kind: Check::Old(objectives::masked_tokens) },
    ClaimCheck { id: "LLM-Q5-C4", kind: Check::Old(remarks::encoder_tasks) },
    ClaimCheck { id: "LLM-Q5-C5", kind: Check::Old(patterns::encoder_cannot_generate) },
    ClaimCheck { id: "LLM-Q5-C6", kind: Check::Old(remarks::decoder_members) },
    ClaimCheck { id: "LLM-Q5-C7", kind: Check::Old(patterns::decoder_is_causal) },
    ClaimCheck { id: "LLM-Q5-C8", kind: Check::Old(objectives::next_token) },
    ClaimCheck { id: "LLM-Q5-C9", kind: Check::Old(remarks::decoder_tasks) },
    ClaimCheck { id: "LLM-Q5-C10", kind: Check::Old(remarks::best_scaling_law) },
    ClaimCheck { id: "LLM-Q5-C11", kind: Check::Old(remarks::encoder_decoder_members) },
    ClaimCheck { id: "LLM-Q5-C12", kind: Check::Old(patterns::encoder_decoder) },
    ClaimCheck { id: "LLM-Q5-C13", kind: Check::Old(objectives::spans) },
    ClaimCheck { id: "LLM-Q5-C14", kind: Check::Old(remarks::encoder_decoder_tasks) },
    ClaimCheck { id: "LLM-Q5-C15", kind: Check::Old(remarks::scaling_potential) },
    ClaimCheck { id: "LLM-Q5-C16", kind: Check::Old(remarks::main_stream) },
    ClaimCheck { id: "LLM-Q5-C17", kind: Check::Old(remarks::why_decoders) },
    ClaimCheck { id: "LLM-Q5-C18", kind: Check::Old(remarks::future_of_encoders) },
];
