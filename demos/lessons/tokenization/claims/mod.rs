//! Every claim of the written answer to LLM Q8.
//!
//! | file | claims |
//! |---|---|
//! | [`levels`] | C1 to C3 what text is cut into |
//! | [`unknown`] | C5, C12, C26 what is unknown |
//! | [`merging`] | C6 to C8 byte-pair encoding on the nine words |
//! | [`outcome`] | C9, C10 what becomes of the merges |
//! | [`criteria`] | C13, C14 what WordPiece merges |
//! | [`training`] | C17 what that takes |
//! | [`longest`] | C18 cutting by the longest match |
//! | [`markers`] | C19, C24 where the blanks are |
//! | [`sentencepiece`] | C22 its two algorithms |
//! | [`published`] | C4, C16, C20, C21, C23, C25 who uses what |
//! | [`opinions`] | C11, C15, C27 |

mod criteria;
mod levels;
mod longest;
mod markers;
mod merging;
mod opinions;
mod outcome;
mod published;
mod sentencepiece;
mod training;
mod unknown;

use crate::kit::claim::{ClaimCheck, Measure};
use crate::kit::measure::EXACT;
use crate::kit::text::Text;

/// A number of things that must be exactly this.
fn counted(what: Text, value: usize, target: usize) -> Measure {
    Measure::near(what, value as f64, target as f64, 0.0, EXACT)
}

/// Things of which there must be none.
fn none(what: Text, count: usize) -> Measure {
    counted(what, count, 0)
}

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q8-C1", run: levels::text_to_numbers },
    ClaimCheck { id: "LLM-Q8-C2", run: levels::characters_are_long },
    ClaimCheck { id: "LLM-Q8-C3", run: levels::words_run_out },
    ClaimCheck { id: "LLM-Q8-C4", run: published::sizes },
    ClaimCheck { id: "LLM-Q8-C5", run: unknown::solves_unknown_words },
    ClaimCheck { id: "LLM-Q8-C6", run: merging::the_algorithm },
    ClaimCheck { id: "LLM-Q8-C7", run: merging::first_merge },
    ClaimCheck { id: "LLM-Q8-C8", run: merging::second_and_third },
    ClaimCheck { id: "LLM-Q8-C9", run: outcome::final_vocabulary },
    ClaimCheck { id: "LLM-Q8-C10", run: outcome::encoding },
    ClaimCheck { id: "LLM-Q8-C11", run: opinions::simple_and_efficient },
    ClaimCheck { id: "LLM-Q8-C12", run: unknown::handles_any_text },
    ClaimCheck { id: "LLM-Q8-C13", run: criteria::least_perplexity },
    ClaimCheck { id: "LLM-Q8-C14", run: criteria::ratio_is_likelihood },
    ClaimCheck { id: "LLM-Q8-C15", run: opinions::more_sensible },
    ClaimCheck { id: "LLM-Q8-C16", run: published::from_google },
    ClaimCheck { id: "LLM-Q8-C17", run: training::needs_a_model },
    ClaimCheck { id: "LLM-Q8-C18", run: longest::playing },
    ClaimCheck { id: "LLM-Q8-C19", run: markers::no_marker },
    ClaimCheck { id: "LLM-Q8-C20", run: published::t5 },
    ClaimCheck { id: "LLM-Q8-C21", run: published::who_uses_which },
    ClaimCheck { id: "LLM-Q8-C22", run: sentencepiece::sentencepiece },
    ClaimCheck { id: "LLM-Q8-C23", run: published::users_of_sentencepiece },
    ClaimCheck { id: "LLM-Q8-C24", run: markers::space_as_a_token },
    ClaimCheck { id: "LLM-Q8-C25", run: published::byte_level },
    ClaimCheck { id: "LLM-Q8-C26", run: unknown::all_bytes },
    ClaimCheck { id: "LLM-Q8-C27", run: opinions::chinese },
];
