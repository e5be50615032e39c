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
//! | [`published`] | C4, C20, C23 who uses what |

mod criteria;
mod levels;
mod longest;
mod markers;
mod merging;
mod outcome;
mod published;
mod sentencepiece;
mod training;
mod unknown;

use crate::kit::claim::ClaimCheck;

pub(crate) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck::tested("LLM-Q8-C1", levels::text_to_numbers),
    ClaimCheck::tested("LLM-Q8-C2", levels::characters_are_long),
    ClaimCheck::tested("LLM-Q8-C3", levels::words_run_out),
    ClaimCheck::tested("LLM-Q8-C4", published::sizes),
    ClaimCheck::tested("LLM-Q8-C5", unknown::solves_unknown_words),
    ClaimCheck::tested("LLM-Q8-C6", merging::the_algorithm),
    ClaimCheck::tested("LLM-Q8-C7", merging::first_merge),
    ClaimCheck::tested("LLM-Q8-C8", merging::second_and_third),
    ClaimCheck::tested("LLM-Q8-C9", outcome::final_vocabulary),
    ClaimCheck::tested("LLM-Q8-C10", outcome::encoding),
    ClaimCheck::opinion("LLM-Q8-C11"),
    ClaimCheck::tested("LLM-Q8-C12", unknown::handles_any_text),
    ClaimCheck::tested("LLM-Q8-C13", criteria::least_perplexity),
    ClaimCheck::tested("LLM-Q8-C14", criteria::ratio_is_likelihood),
    ClaimCheck::opinion("LLM-Q8-C15"),
    ClaimCheck::data("LLM-Q8-C16"),
    ClaimCheck::tested("LLM-Q8-C17", training::needs_a_model),
    ClaimCheck::tested("LLM-Q8-C18", longest::playing),
    ClaimCheck::tested("LLM-Q8-C19", markers::no_marker),
    ClaimCheck::tested("LLM-Q8-C20", published::t5),
    ClaimCheck::data("LLM-Q8-C21"),
    ClaimCheck::tested("LLM-Q8-C22", sentencepiece::sentencepiece),
    ClaimCheck::tested("LLM-Q8-C23", published::users_of_sentencepiece),
    ClaimCheck::tested("LLM-Q8-C24", markers::space_as_a_token),
    ClaimCheck::data("LLM-Q8-C25"),
    ClaimCheck::tested("LLM-Q8-C26", unknown::all_bytes),
    ClaimCheck::opinion("LLM-Q8-C27"),
];
