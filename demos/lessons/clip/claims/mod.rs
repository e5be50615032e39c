//! Every claim of the written answer to VLM Q1.
//!
//! | file | claims |
//! |---|---|
//! | [`loss`] | C4, C5, C6, C7 the contrastive loss |
//! | [`space`] | C1, C3, C8 two kinds of data in one space |
//! | [`fusing`] | C11, C13, C14 cross-attention and one stream |

mod fusing;
mod loss;
mod space;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("VLM-Q1-C1", space::two_kinds).under_a_condition(),
    ClaimCheck::opinion("VLM-Q1-C2"),
    ClaimCheck::tested("VLM-Q1-C3", space::one_space),
    ClaimCheck::tested("VLM-Q1-C4", loss::pull_and_push),
    ClaimCheck::tested("VLM-Q1-C5", loss::no_temperature),
    ClaimCheck::tested("VLM-Q1-C6", loss::one_direction),
    ClaimCheck::tested("VLM-Q1-C7", loss::sum_over_all),
    ClaimCheck::tested("VLM-Q1-C8", space::pairs_alone),
    ClaimCheck::data("VLM-Q1-C9"),
    ClaimCheck::data("VLM-Q1-C10"),
    ClaimCheck::tested("VLM-Q1-C11", fusing::cross_attention_models),
    ClaimCheck::opinion("VLM-Q1-C12"),
    ClaimCheck::tested("VLM-Q1-C13", fusing::one_stack_models),
    ClaimCheck::tested("VLM-Q1-C14", fusing::large_compute).under_a_condition(),
    ClaimCheck::opinion("VLM-Q1-C15"),
    ClaimCheck::data("VLM-Q1-C16"),
];
