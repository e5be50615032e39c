//! Every claim of the written answer to RLHF Q1.
//!
//! | file | claims |
//! |---|---|
//! | [`learning`] | C1, C2, C3, C5 what fine-tuning learns, C10 surface and value |
//! | [`preferences`] | C4, C7 distributions of preferences, C6 what is asked of annotators |
//! | [`process`] | C8 the loop, C9 the stages, C12 coverage, C13 cost, C15 limits |

mod learning;
mod preferences;
mod process;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("RLHF-Q1-C1", learning::better),
    ClaimCheck::tested("RLHF-Q1-C2", learning::coverage),
    ClaimCheck::tested("RLHF-Q1-C3", learning::styles),
    ClaimCheck::tested("RLHF-Q1-C4", preferences::distribution),
    ClaimCheck::tested("RLHF-Q1-C5", learning::two_aims),
    ClaimCheck::tested("RLHF-Q1-C6", preferences::easier),
    ClaimCheck::tested("RLHF-Q1-C7", preferences::subjective),
    ClaimCheck::tested("RLHF-Q1-C8", process::closed_loop),
    ClaimCheck::tested("RLHF-Q1-C9", process::three_stages),
    ClaimCheck::tested("RLHF-Q1-C10", learning::surface),
    ClaimCheck::data("RLHF-Q1-C11"),
    ClaimCheck::tested("RLHF-Q1-C12", process::covers),
    ClaimCheck::tested("RLHF-Q1-C13", process::cost),
    ClaimCheck::data("RLHF-Q1-C14"),
    ClaimCheck::tested("RLHF-Q1-C15", process::limits),
    ClaimCheck::opinion("RLHF-Q1-C16"),
];
