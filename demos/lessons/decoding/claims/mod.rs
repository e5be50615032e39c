//! Every claim of the written answer to LLM Q7.
//!
//! | file | claims |
//! |---|---|
//! | [`greedy`] | C1 to C4 the largest logit, ties, repetition, the optimum |
//! | [`beam`] | C6, C7, C9, C10 what beam search keeps, finds and costs |
//! | [`top_k`] | C11 to C15 a fixed number of tokens |
//! | [`top_p`] | C16 to C18, C20, C24 a fixed mass |
//! | [`temperature`] | C21 to C23 temperature, and the order of steps |
//! | [`remarks`] | C5, C8, C19, C25 to C27 what is published, what is opinion |

mod beam;
mod greedy;
mod remarks;
mod temperature;
mod top_k;
mod top_p;

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q7-C1", kind: Check::Old(greedy::takes_the_largest) },
    ClaimCheck { id: "LLM-Q7-C2", kind: Check::Old(greedy::is_deterministic) },
    ClaimCheck { id: "LLM-Q7-C3", kind: Check::Old(greedy::repeats) },
    ClaimCheck { id: "LLM-Q7-C4", kind: Check::Old(greedy::misses_the_optimum) },
    ClaimCheck { id: "LLM-Q7-C5", kind: Check::Old(remarks::greedy_for_code) },
    ClaimCheck { id: "LLM-Q7-C6", kind: Check::Old(beam::keeps_the_best) },
    ClaimCheck { id: "LLM-Q7-C7", kind: Check::Old(beam::beats_greedy) },
    ClaimCheck { id: "LLM-Q7-C8", kind: Check::Old(remarks::beam_is_conservative) },
    ClaimCheck { id: "LLM-Q7-C9", kind: Check::Old(beam::costs_k_times) },
    ClaimCheck { id: "LLM-Q7-C10", kind: Check::Old(beam::picks_the_most_probable) },
    ClaimCheck { id: "LLM-Q7-C11", kind: Check::Old(top_k::samples_from_k) },
    ClaimCheck { id: "LLM-Q7-C12", kind: Check::Old(top_k::as_code) },
    ClaimCheck { id: "LLM-Q7-C13", kind: Check::Old(top_k::avoids_the_improbable) },
    ClaimCheck { id: "LLM-Q7-C14", kind: Check::Old(top_k::steep) },
    ClaimCheck { id: "LLM-Q7-C15", kind: Check::Old(top_k::flat) },
    ClaimCheck { id: "LLM-Q7-C16", kind: Check::Old(top_p::smallest_set) },
    ClaimCheck { id: "LLM-Q7-C17", kind: Check::Old(top_p::as_code) },
    ClaimCheck { id: "LLM-Q7-C18", kind: Check::Old(top_p::adapts) },
    ClaimCheck { id: "LLM-Q7-C19", kind: Check::Old(remarks::defaults) },
    ClaimCheck { id: "LLM-Q7-C20", kind: Check::Old(top_p::is_random) },
    ClaimCheck { id: "LLM-Q7-C21", kind: Check::Old(temperature::with_top_p) },
    ClaimCheck { id: "LLM-Q7-C22", kind: Check::Old(temperature::spreads) },
    ClaimCheck { id: "LLM-Q7-C23", kind: Check::Old(temperature::near_zero) },
    ClaimCheck { id: "LLM-Q7-C24", kind: Check::Old(top_p::more_diverse) },
    ClaimCheck { id: "LLM-Q7-C25", kind: Check::Old(remarks::quality_and_speed) },
    ClaimCheck { id: "LLM-Q7-C26", kind: Check::Old(remarks::chatgpt) },
    ClaimCheck { id: "LLM-Q7-C27", kind: Check::Old(remarks::usual_ranges) },
];
