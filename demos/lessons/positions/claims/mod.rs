//! Every claim of the written answer to LLM Q2.
//!
//! | file | claims |
//! |---|---|
//! | [`order`] | C1, C2 invariance; C3, C4 whether positions are needed |
//! | [`sinusoidal`] | C5 to C8 the sinusoidal table |
//! | [`learned`] | C9 to C13 the learned table and who uses it |
//! | [`relative`] | C14 relative schemes |

mod learned;
mod order;
mod relative;
mod sinusoidal;

use crate::kit::claim::{Check, ClaimCheck};

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q2-C1", kind: Check::Old(order::invariant) },
    ClaimCheck { id: "LLM-Q2-C2", kind: Check::Old(order::outputs_unchanged) },
    ClaimCheck { id: "LLM-Q2-C3", kind: Check::Old(order::language_has_order) },
    ClaimCheck { id: "LLM-Q2-C4", kind: Check::Old(order::positions_are_necessary) },
    ClaimCheck { id: "LLM-Q2-C5", kind: Check::Old(sinusoidal::formula) },
    ClaimCheck { id: "LLM-Q2-C6", kind: Check::Old(sinusoidal::generalises) },
    ClaimCheck { id: "LLM-Q2-C7", kind: Check::Old(sinusoidal::constant_relation) },
    ClaimCheck { id: "LLM-Q2-C8", kind: Check::Old(sinusoidal::expressiveness) },
    ClaimCheck { id: "LLM-Q2-C9", kind: Check::Old(learned::flexible) },
    ClaimCheck { id: "LLM-Q2-C10", kind: Check::Old(learned::ends_at_max_len) },
    ClaimCheck { id: "LLM-Q2-C11", kind: Check::Old(learned::extra_parameters) },
    ClaimCheck { id: "LLM-Q2-C12", kind: Check::Old(learned::bert) },
    ClaimCheck { id: "LLM-Q2-C13", kind: Check::Old(learned::gpt_series) },
    ClaimCheck { id: "LLM-Q2-C14", kind: Check::Old(relative::rope_and_alibi) },
];
