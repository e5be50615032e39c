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

use crate::kit::claim::ClaimCheck;

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q7-C1", run: greedy::takes_the_largest },
    ClaimCheck { id: "LLM-Q7-C2", run: greedy::is_deterministic },
    ClaimCheck { id: "LLM-Q7-C3", run: greedy::repeats },
    ClaimCheck { id: "LLM-Q7-C4", run: greedy::misses_the_optimum },
    ClaimCheck { id: "LLM-Q7-C5", run: remarks::greedy_for_code },
    ClaimCheck { id: "LLM-Q7-C6", run: beam::keeps_the_best },
    ClaimCheck { id: "LLM-Q7-C7", run: beam::beats_greedy },
    ClaimCheck { id: "LLM-Q7-C8", run: remarks::beam_is_conservative },
    ClaimCheck { id: "LLM-Q7-C9", run: beam::costs_k_times },
    ClaimCheck { id: "LLM-Q7-C10", run: beam::picks_the_most_probable },
    ClaimCheck { id: "LLM-Q7-C11", run: top_k::samples_from_k },
    ClaimCheck { id: "LLM-Q7-C12", run: top_k::as_code },
    ClaimCheck { id: "LLM-Q7-C13", run: top_k::avoids_the_improbable },
    ClaimCheck { id: "LLM-Q7-C14", run: top_k::steep },
    ClaimCheck { id: "LLM-Q7-C15", run: top_k::flat },
    ClaimCheck { id: "LLM-Q7-C16", run: top_p::smallest_set },
    ClaimCheck { id: "LLM-Q7-C17", run: top_p::as_code },
    ClaimCheck { id: "LLM-Q7-C18", run: top_p::adapts },
    ClaimCheck { id: "LLM-Q7-C19", run: remarks::defaults },
    ClaimCheck { id: "LLM-Q7-C20", run: top_p::is_random },
    ClaimCheck { id: "LLM-Q7-C21", run: temperature::with_top_p },
    ClaimCheck { id: "LLM-Q7-C22", run: temperature::spreads },
    ClaimCheck { id: "LLM-Q7-C23", run: temperature::near_zero },
    ClaimCheck { id: "LLM-Q7-C24", run: top_p::more_diverse },
    ClaimCheck { id: "LLM-Q7-C25", run: remarks::quality_and_speed },
    ClaimCheck { id: "LLM-Q7-C26", run: remarks::chatgpt },
    ClaimCheck { id: "LLM-Q7-C27", run: remarks::usual_ranges },
];
