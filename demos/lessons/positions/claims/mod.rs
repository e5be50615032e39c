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

use crate::kit::claim::ClaimCheck;

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q2-C1", run: order::invariant },
    ClaimCheck { id: "LLM-Q2-C2", run: order::outputs_unchanged },
    ClaimCheck { id: "LLM-Q2-C3", run: order::language_has_order },
    ClaimCheck { id: "LLM-Q2-C4", run: order::positions_are_necessary },
    ClaimCheck { id: "LLM-Q2-C5", run: sinusoidal::formula },
    ClaimCheck { id: "LLM-Q2-C6", run: sinusoidal::generalises },
    ClaimCheck { id: "LLM-Q2-C7", run: sinusoidal::constant_relation },
    ClaimCheck { id: "LLM-Q2-C8", run: sinusoidal::expressiveness },
    ClaimCheck { id: "LLM-Q2-C9", run: learned::flexible },
    ClaimCheck { id: "LLM-Q2-C10", run: learned::ends_at_max_len },
    ClaimCheck { id: "LLM-Q2-C11", run: learned::extra_parameters },
    ClaimCheck { id: "LLM-Q2-C12", run: learned::bert },
    ClaimCheck { id: "LLM-Q2-C13", run: learned::gpt_series },
    ClaimCheck { id: "LLM-Q2-C14", run: relative::rope_and_alibi },
];
