//! Every claim of the written answer to LLM Q9.
//!
//! | file | claims |
//! |---|---|
//! | [`labels`] | C3, C9 data with and without labels, C8 pre-training and fine-tuning |
//! | [`transformers`] | C6, C7 no transformer, no attention |
//! | [`published`] | C2 sizes, C4 understanding and writing |
//! | [`emergence`] | C10 abilities that appear |

mod emergence;
mod labels;
mod published;
mod transformers;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::opinion("LLM-Q9-C1"),
    ClaimCheck::tested("LLM-Q9-C2", published::model_sizes),
    ClaimCheck::tested("LLM-Q9-C3", labels::trained_tasks),
    ClaimCheck::tested("LLM-Q9-C4", published::understanding),
    ClaimCheck::opinion("LLM-Q9-C5"),
    ClaimCheck::tested("LLM-Q9-C6", transformers::transformer),
    ClaimCheck::tested("LLM-Q9-C7", transformers::self_attention),
    ClaimCheck::tested("LLM-Q9-C8", labels::pre_training),
    ClaimCheck::tested("LLM-Q9-C9", labels::much_data),
    ClaimCheck::tested("LLM-Q9-C10", emergence::emergent),
    ClaimCheck::opinion("LLM-Q9-C11"),
];
