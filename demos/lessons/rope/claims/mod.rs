//! Every claim of the written answer to LLM Q3.
//!
//! | file | claims |
//! |---|---|
//! | [`rotation`] | C1 rotation, C3 one θ |
//! | [`relative`] | C2, C5 what the score depends on, C4 the conjugate |
//! | [`length`] | C6, C10, C12, C14 longer than trained |
//! | [`cost`] | C8, C11 parameters and operations |

mod cost;
mod length;
mod relative;
mod rotation;

use concepts::position::PositionError;
use concepts::position::rope::{Layout, rope_frequencies};

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q3-C1", rotation::rotates),
    ClaimCheck::tested("LLM-Q3-C2", relative::only_the_distance).under_a_condition(),
    ClaimCheck::tested("LLM-Q3-C3", rotation::times_a_phase).under_a_condition(),
    ClaimCheck::tested("LLM-Q3-C4", relative::no_conjugate),
    ClaimCheck::tested("LLM-Q3-C5", relative::relative),
    ClaimCheck::tested("LLM-Q3-C6", length::extrapolates),
    ClaimCheck::opinion("LLM-Q3-C7"),
    ClaimCheck::tested("LLM-Q3-C8", cost::efficient),
    ClaimCheck::opinion("LLM-Q3-C9"),
    ClaimCheck::tested("LLM-Q3-C10", length::generalises_better),
    ClaimCheck::tested("LLM-Q3-C11", cost::parameters),
    ClaimCheck::tested("LLM-Q3-C12", length::long_texts),
    ClaimCheck::data("LLM-Q3-C13"),
    ClaimCheck::tested("LLM-Q3-C14", length::ntk_aware),
];

/// Width of a head in the claims, the usual base and layout.
const D: usize = 128;
const BASE: f64 = 10_000.0;
const LAYOUT: Layout = Layout::Halves;

/// The frequencies of the claims.
fn theta() -> Result<Vec<f64>, PositionError> {
    rope_frequencies(D, BASE)
}
