//! Every claim of the written answer to LLM Q6.
//!
//! | file | claims |
//! |---|---|
//! | [`laws`] | C2 a power law, C3 three at once, C4 the exponents |
//! | [`split`] | C5, C6, C8, C9 how a budget is split |
//! | [`sizes`] | C10 70B and its tokens, C13 small against large, C18 what a small model proves |
//! | [`predict`] | C15 the optimum of a budget, C16 from small to large |

mod laws;
mod predict;
mod sizes;
mod split;

use concepts::scaling::{BESIROGLU, HOFFMANN, HOFFMANN_TEX, Law};

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::data("LLM-Q6-C1"),
    ClaimCheck::tested("LLM-Q6-C2", laws::a_power_law),
    ClaimCheck::tested("LLM-Q6-C3", laws::three_at_once),
    ClaimCheck::tested("LLM-Q6-C4", laws::exponents).under_a_condition(),
    ClaimCheck::tested("LLM-Q6-C5", split::both_at_once),
    ClaimCheck::tested("LLM-Q6-C6", split::the_root),
    ClaimCheck::data("LLM-Q6-C7"),
    ClaimCheck::tested("LLM-Q6-C8", split::in_proportion).under_a_condition(),
    ClaimCheck::tested("LLM-Q6-C9", split::about_the_root_of_compute),
    ClaimCheck::tested("LLM-Q6-C10", sizes::seventy_billion),
    ClaimCheck::opinion("LLM-Q6-C11"),
    ClaimCheck::data("LLM-Q6-C12"),
    ClaimCheck::tested("LLM-Q6-C13", sizes::small_and_well_trained),
    ClaimCheck::data("LLM-Q6-C14"),
    ClaimCheck::tested("LLM-Q6-C15", predict::the_optimum).under_a_condition(),
    ClaimCheck::tested("LLM-Q6-C16", predict::from_small_to_large),
    ClaimCheck::data("LLM-Q6-C17"),
    ClaimCheck::tested("LLM-Q6-C18", sizes::proves_quality),
    ClaimCheck::data("LLM-Q6-C19"),
    ClaimCheck::data("LLM-Q6-C20"),
];

/// The three published sets of constants.
const SETS: [Law; 3] = [HOFFMANN, HOFFMANN_TEX, BESIROGLU];
/// Chinchilla's budget.
const BUDGET: f64 = 5.76e23;
/// A law under which `N` grows as Kaplan's fit has it: `β / (α + β)` = 0.73.
const KAPLANS_SPLIT: Law = Law { e: 1.8, a: 400.0, b: 2000.0, alpha: 0.15, beta: 0.4056 };
