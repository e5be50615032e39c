//! Every claim of the written answer to LLM Q3.
//!
//! | file | claims |
//! |---|---|
//! | [`rotation`] | C1 rotation, C2 and C5 relative, C3 one θ, C4 the conjugate |
//! | [`length`] | C6, C10, C12, C14 longer than trained |
//! | [`cost`] | C8, C11 parameters and operations |
//! | [`remarks`] | C7, C9, C13 opinions and data |

mod cost;
mod length;
mod remarks;
mod rotation;

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q3-C1", kind: Check::Old(rotation::rotates) },
    ClaimCheck { id: "LLM-Q3-C2", kind: Check::Old(rotation::only_the_distance) },
    ClaimCheck { id: "LLM-Q3-C3", kind: Check::Old(rotation::one_theta) },
    ClaimCheck { id: "LLM-Q3-C4", kind: Check::Old(rotation::no_conjugate) },
    ClaimCheck { id: "LLM-Q3-C5", kind: Check::Old(rotation::relative) },
    ClaimCheck { id: "LLM-Q3-C6", kind: Check::Old(length::extrapolates) },
    ClaimCheck { id: "LLM-Q3-C7", kind: Check::Old(remarks::suits_language) },
    ClaimCheck { id: "LLM-Q3-C8", kind: Check::Old(cost::efficient) },
    ClaimCheck { id: "LLM-Q3-C9", kind: Check::Old(remarks::complex_to_implement) },
    ClaimCheck { id: "LLM-Q3-C10", kind: Check::Old(length::generalises_better) },
    ClaimCheck { id: "LLM-Q3-C11", kind: Check::Old(cost::parameters) },
    ClaimCheck { id: "LLM-Q3-C12", kind: Check::Old(length::long_texts) },
    ClaimCheck { id: "LLM-Q3-C13", kind: Check::Old(remarks::who_uses_what) },
    ClaimCheck { id: "LLM-Q3-C14", kind: Check::Old(length::ntk_aware) },
];

/// Width of a head in the claims, and the usual base.
const D: usize = 128;
const BASE: f64 = 10_000.0;

/// The frequencies of the claims.
fn theta() -> Vec<f64> {
    concepts::position::rope::rope_frequencies(D, BASE).unwrap_or_default()
}
