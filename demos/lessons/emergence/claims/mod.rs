//! Every claim of the written answer to LLM Q11.
//!
//! | file | claims |
//! |---|---|
//! | [`definition`] | C1, C2 what emergence is, C5 the example of few-shot learning |
//! | [`examples`] | C3 small models and examples, C7 the sum that is marked wrong |
//! | [`published`] | C4, C6, C8, C9, C10 the thresholds |
//! | [`sudden`] | C11, C16 sudden or not, C14 a critical point, C17 what is blamed |

mod definition;
mod examples;
mod published;
mod sudden;

use concepts::emergence::{EmergenceError, Items, PowerLaw};

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q11-C1", definition::absent_then_present),
    ClaimCheck::tested("LLM-Q11-C2", definition::not_trained),
    ClaimCheck::tested("LLM-Q11-C3", examples::small_cannot),
    ClaimCheck::tested("LLM-Q11-C4", published::in_context),
    ClaimCheck::tested("LLM-Q11-C5", definition::few_shot),
    ClaimCheck::tested("LLM-Q11-C6", published::chain_of_thought),
    ClaimCheck::tested("LLM-Q11-C7", examples::marked_wrong),
    ClaimCheck::tested("LLM-Q11-C8", published::instructions),
    ClaimCheck::tested("LLM-Q11-C9", published::planning),
    ClaimCheck::tested("LLM-Q11-C10", published::below_ten_billion),
    ClaimCheck::tested("LLM-Q11-C11", sudden::phase_transition),
    ClaimCheck::opinion("LLM-Q11-C12"),
    ClaimCheck::opinion("LLM-Q11-C13"),
    ClaimCheck::tested("LLM-Q11-C14", sudden::critical_point),
    ClaimCheck::opinion("LLM-Q11-C15"),
    ClaimCheck::tested("LLM-Q11-C16", sudden::metric),
    ClaimCheck::tested("LLM-Q11-C17", sudden::contamination),
];

/// The series of the claims: a token costs 1 nat at 20 million parameters.
fn law() -> Result<PowerLaw, EmergenceError> {
    PowerLaw::new(2e7, 0.35)
}

/// Tokens of an answer, and questions of a test.
const TOKENS: usize = 30;
const ITEMS: u64 = 100;
const ALIKE: Items = Items::Alike;
