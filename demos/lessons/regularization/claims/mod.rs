//! Every claim of the written answer to LLM Q10.
//!
//! | file | claims |
//! |---|---|
//! | [`fitting`] | C1 overfitting, C7 smaller weights |
//! | [`absolute`] | C2, C3 the lasso, C8 slopes at 0, C13 diamond and circle, C14 elastic net |
//! | [`squares`] | C4 the penalty, C5 uniform, C6 never 0 |
//! | [`optimisers`] | C10, C11, C12 weight decay |

mod absolute;
mod fitting;
mod optimisers;
mod squares;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q10-C1", fitting::overfitting).under_a_condition(),
    ClaimCheck::tested("LLM-Q10-C2", absolute::formula),
    ClaimCheck::tested("LLM-Q10-C3", absolute::sparse).under_a_condition(),
    ClaimCheck::tested("LLM-Q10-C4", squares::formula),
    ClaimCheck::tested("LLM-Q10-C5", squares::uniform),
    ClaimCheck::tested("LLM-Q10-C6", squares::never_zero),
    ClaimCheck::tested("LLM-Q10-C7", fitting::smaller).under_a_condition(),
    ClaimCheck::tested("LLM-Q10-C8", absolute::slopes),
    ClaimCheck::opinion("LLM-Q10-C9"),
    ClaimCheck::tested("LLM-Q10-C10", optimisers::is_l2),
    ClaimCheck::tested("LLM-Q10-C11", optimisers::decoupled),
    ClaimCheck::tested("LLM-Q10-C12", optimisers::code),
    ClaimCheck::tested("LLM-Q10-C13", absolute::diamond),
    ClaimCheck::tested("LLM-Q10-C14", absolute::elastic_net),
];
