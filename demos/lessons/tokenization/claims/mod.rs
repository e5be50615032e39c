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

use crate::kit::claim::{Check, ClaimCheck, Measure};
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
    ClaimCheck { id: "LLM-Q8-C1", kind: Check::Old(levels::text_to_numbers) },
    ClaimCheck { id: "LLM-Q8-C2", kind: Check::Old(levels::characters_are_long) },
    ClaimCheck { id: "LLM-Q8-C3", kind: Check::Old(levels::words_run_out) },
    ClaimCheck { id: "LLM-Q8-C4", kind: Check::Old(published::sizes) },
    ClaimCheck { id: "LLM-Q8-C5", kind: Check::Old(unknown::solves_unknown_words) },
    ClaimCheck { id: "LLM-Q8-C6", kind: Check::Old(merging::the_algorithm) },
    ClaimCheck { id: "LLM-Q8-C7", kind: Check::Old(merging::first_merge) },
    ClaimCheck { id: "LLM-Q8-C8", kind: Check::Old(merging::second_and_third) },
    ClaimCheck { id: "LLM-Q8-C9", kind: Check::Old(outcome::final_vocabulary) },
    ClaimCheck { id: "LLM-Q8-C10", kind: Check::Old(outcome::encoding) },
    ClaimCheck { id: "LLM-Q8-C11", kind: Check::Old(opinions::simple_and_efficient) },
    ClaimCheck { id: "LLM-Q8-C12", kind: Check::Old(unknown::handles_any_text) },
    ClaimCheck { id: "LLM-Q8-C13", kind: Check::Old(criteria::least_perplexity) },
    ClaimCheck { id: "LLM-Q8-C14", kind: Check::Old(criteria::ratio_is_likelihood) },
    ClaimCheck { id: "LLM-Q8-C15", kind: Check::Old(opinions::more_sensible) },
    ClaimCheck { id: "LLM-Q8-C16", kind: Check::Old(published::from_google) },
    ClaimCheck { id: "LLM-Q8-C17", kind: Check::Old(training::needs_a_model) },
    ClaimCheck { id: "LLM-Q8-C18", kind: Check::Old(longest::playing) },
    ClaimCheck { id: "LLM-Q8-C19", kind: Check::Old(markers::no_marker) },
    ClaimCheck { id: "LLM-Q8-C20", kind: Check::Old(published::t5) },
    ClaimCheck { id: "LLM-Q8-C21", kind: Check::Old(published::who_uses_which) },
    ClaimCheck { id: "LLM-Q8-C22", kind: Check::Old(sentencepiece::sentencepiece) },
    ClaimCheck { id: "LLM-Q8-C23", kind: Check::Old(published::users_of_sentencepiece) },
    ClaimCheck { id: "LLM-Q8-C24", kind: Check::Old(markers::space_as_a_token) },
    ClaimCheck { id: "LLM-Q8-C25", kind: Check::Old(published::byte_level) },
    ClaimCheck { id: "LLM-Q8-C26", kind: Check::Old(unknown::all_bytes) },
    ClaimCheck { id: "LLM-Q8-C27", kind: Check::Old(opinions::chinese) },
];
