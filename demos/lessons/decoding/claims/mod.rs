//! Every claim of the written answer to LLM Q7.
//!
//! | file | claims |
//! |---|---|
//! | [`greedy`] | C1 to C4 the largest logit, ties, repetition, the optimum |
//! | [`beam`] | C6, C7, C9, C10 what beam search keeps, finds and costs |
//! | [`top_k`] | C11 to C15 a fixed number of tokens |
//! | [`top_p`] | C16 to C18, C20 a fixed mass |
//! | [`temperature`] | C21 to C23 temperature, and the order of steps |
//! | [`compared`] | C5, C8, C24, C25 strategies beside each other |
//! | [`published`] | C19, C26 what is published |

mod beam;
mod compared;
mod greedy;
mod published;
mod temperature;
mod top_k;
mod top_p;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q7-C1", greedy::takes_the_largest),
    ClaimCheck::tested("LLM-Q7-C2", greedy::is_deterministic),
    ClaimCheck::tested("LLM-Q7-C3", greedy::repeats).under_a_condition(),
    ClaimCheck::tested("LLM-Q7-C4", greedy::misses_the_optimum),
    ClaimCheck::tested("LLM-Q7-C5", compared::right_answers),
    ClaimCheck::tested("LLM-Q7-C6", beam::keeps_the_best),
    ClaimCheck::tested("LLM-Q7-C7", beam::beats_greedy),
    ClaimCheck::tested("LLM-Q7-C8", compared::searched),
    ClaimCheck::tested("LLM-Q7-C9", beam::costs_k_times).under_a_condition(),
    ClaimCheck::tested("LLM-Q7-C10", beam::picks_the_most_probable),
    ClaimCheck::tested("LLM-Q7-C11", top_k::samples_from_k),
    ClaimCheck::tested("LLM-Q7-C12", top_k::as_code),
    ClaimCheck::tested("LLM-Q7-C13", top_k::avoids_the_improbable),
    ClaimCheck::tested("LLM-Q7-C14", top_k::steep),
    ClaimCheck::tested("LLM-Q7-C15", top_k::flat),
    ClaimCheck::tested("LLM-Q7-C16", top_p::smallest_set),
    ClaimCheck::tested("LLM-Q7-C17", top_p::as_code),
    ClaimCheck::tested("LLM-Q7-C18", top_p::adapts),
    ClaimCheck::tested("LLM-Q7-C19", published::defaults),
    ClaimCheck::tested("LLM-Q7-C20", top_p::is_random),
    ClaimCheck::tested("LLM-Q7-C21", temperature::with_top_p),
    ClaimCheck::tested("LLM-Q7-C22", temperature::spreads),
    ClaimCheck::tested("LLM-Q7-C23", temperature::near_zero).under_a_condition(),
    ClaimCheck::tested("LLM-Q7-C24", compared::more_diverse),
    ClaimCheck::tested("LLM-Q7-C25", compared::rated),
    ClaimCheck::tested("LLM-Q7-C26", published::chatgpt),
    ClaimCheck::opinion("LLM-Q7-C27"),
];
