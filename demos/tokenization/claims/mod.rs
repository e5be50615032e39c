//! Every claim of the written answer to LLM Q8.
//!
//! | file | claims |
//! |---|---|
//! | [`levels`] | C1 to C3, C5, C12, C26 what text is cut into, and what is unknown |
//! | [`merging`] | C6 to C10 byte-pair encoding on the nine words |
//! | [`pieces`] | C13 to C18 WordPiece |
//! | [`families`] | C4, C11, C19 to C25, C27 markers, SentencePiece, who uses what |

mod families;
mod levels;
mod merging;
mod pieces;

use crate::kit::claim::ClaimCheck;

pub(super) static CLAIMS: &[ClaimCheck] = &[
    ClaimCheck { id: "LLM-Q8-C1", run: levels::text_to_numbers },
    ClaimCheck { id: "LLM-Q8-C2", run: levels::characters_are_long },
    ClaimCheck { id: "LLM-Q8-C3", run: levels::words_run_out },
    ClaimCheck { id: "LLM-Q8-C4", run: families::sizes },
    ClaimCheck { id: "LLM-Q8-C5", run: levels::solves_unknown_words },
    ClaimCheck { id: "LLM-Q8-C6", run: merging::the_algorithm },
    ClaimCheck { id: "LLM-Q8-C7", run: merging::first_merge },
    ClaimCheck { id: "LLM-Q8-C8", run: merging::second_and_third },
    ClaimCheck { id: "LLM-Q8-C9", run: merging::final_vocabulary },
    ClaimCheck { id: "LLM-Q8-C10", run: merging::encoding },
    ClaimCheck { id: "LLM-Q8-C11", run: families::simple_and_efficient },
    ClaimCheck { id: "LLM-Q8-C12", run: levels::handles_any_text },
    ClaimCheck { id: "LLM-Q8-C13", run: pieces::least_perplexity },
    ClaimCheck { id: "LLM-Q8-C14", run: pieces::ratio_is_likelihood },
    ClaimCheck { id: "LLM-Q8-C15", run: pieces::more_sensible },
    ClaimCheck { id: "LLM-Q8-C16", run: pieces::from_google },
    ClaimCheck { id: "LLM-Q8-C17", run: pieces::needs_a_model },
    ClaimCheck { id: "LLM-Q8-C18", run: pieces::playing },
    ClaimCheck { id: "LLM-Q8-C19", run: families::no_marker },
    ClaimCheck { id: "LLM-Q8-C20", run: families::t5 },
    ClaimCheck { id: "LLM-Q8-C21", run: families::who_uses_which },
    ClaimCheck { id: "LLM-Q8-C22", run: families::sentencepiece },
    ClaimCheck { id: "LLM-Q8-C23", run: families::users_of_sentencepiece },
    ClaimCheck { id: "LLM-Q8-C24", run: families::space_as_a_token },
    ClaimCheck { id: "LLM-Q8-C25", run: families::byte_level },
    ClaimCheck { id: "LLM-Q8-C26", run: levels::all_bytes },
    ClaimCheck { id: "LLM-Q8-C27", run: families::chinese },
];
