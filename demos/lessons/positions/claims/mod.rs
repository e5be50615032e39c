//! Every claim of the written answer to LLM Q2.
//!
//! | file | claims |
//! |---|---|
//! | [`order`] | C1, C2 invariance; C3, C4 whether positions are needed |
//! | [`sinusoidal`] | C5 to C7 the sinusoidal table |
//! | [`learned`] | C10, C11 the learned table |
//! | [`relative`] | C14 relative schemes |
//!
//! C8, C9, C12 and C13 are opinions and published facts: their words say all there is.

mod learned;
mod order;
mod relative;
mod sinusoidal;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q2-C1", order::invariant),
    ClaimCheck::tested("LLM-Q2-C2", order::outputs_unchanged),
    ClaimCheck::tested("LLM-Q2-C3", order::language_has_order),
    ClaimCheck::tested("LLM-Q2-C4", order::positions_are_necessary),
    ClaimCheck::tested("LLM-Q2-C5", sinusoidal::formula),
    ClaimCheck::tested("LLM-Q2-C6", sinusoidal::generalises),
    ClaimCheck::tested("LLM-Q2-C7", sinusoidal::constant_relation),
    ClaimCheck::opinion("LLM-Q2-C8"),
    ClaimCheck::opinion("LLM-Q2-C9"),
    ClaimCheck::tested("LLM-Q2-C10", learned::ends_at_max_len),
    ClaimCheck::tested("LLM-Q2-C11", learned::extra_parameters),
    ClaimCheck::data("LLM-Q2-C12"),
    ClaimCheck::data("LLM-Q2-C13"),
    ClaimCheck::tested("LLM-Q2-C14", relative::rope_and_alibi),
];
