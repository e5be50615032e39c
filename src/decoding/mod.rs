//! From next-token logits to text: the strategies that choose.
//!
//! In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `model` | what is asked of a model: [`LanguageModel`] |
//! | 2 | `candidates`, `log_sum` | the tokens that may come next: [`Candidates`]; their logarithms alone |
//! | 3 | `greedy` | the most probable token: [`greedy()`] |
//! | 4 | `temperature` | flatter or steeper: [`temperature()`] |
//! | 5 | `top_k`, `top_p`, `min_p`, `typical`, `cutoff`, `edge` | which candidates stay: [`top_k()`], [`top_p()`], [`min_p()`], [`typical()`], [`epsilon_cutoff`], [`eta_cutoff`]; when a threshold is reached |
//! | 6 | `penalty`, `n_grams` | rules against repetition: [`Penalty`] |
//! | 7 | `filter` | all of these in a row, with what each step leaves: [`Pipeline`], [`Trace`] |
//! | 8 | `mirostat` | a truncation that learns: [`Mirostat`] |
//! | 9 | `gumbel` | sampling by a noisy argmax: [`gumbel_max`] |
//! | 10 | `strategy`, `generate`, `together` | token after token: [`Strategy`], [`generate()`]; several texts side by side: [`generate_together`] |
//! | 11 | `contrastive` | probable, but unlike what was said: [`contrastive_search`] |
//! | 12 | `search` | whole texts compared: [`BeamSearch`], [`DiverseBeamSearch`], [`exhaustive_search`], [`mode_search`] |
//! | 13 | `speculative` | a small model proposes, a large one checks: [`speculative_sampling`] |
//! | 14 | `vote` | one answer out of many: [`majority_vote`] |
//! | 15 | `counted` | what a strategy costs: [`Counted`] |
//! | 16 | `error`, [`words`] | what can be wrong: [`DecodingError`], and the names that it uses |
//! | 17 | `fast` | sampling in `f32` without sorting: [`Sampler`], [`Penalised`], [`FastMirostat`], [`fast_contrastive_search`]; many texts at once: [`generate_batch`] |
//!
//! All but the last are readable twins: `f64`, a sorted vocabulary, one formula a file.

mod candidates;
mod contrastive;
mod counted;
mod cutoff;
mod edge;
mod error;
mod fast;
mod filter;
mod generate;
mod greedy;
mod gumbel;
pub(crate) mod log_sum;
mod min_p;
mod mirostat;
mod model;
mod n_grams;
mod penalty;
mod search;
mod speculative;
mod strategy;
mod temperature;
mod together;
mod top_k;
mod top_p;
mod typical;
mod vote;
pub mod words;

pub use candidates::{Candidate, Candidates};
pub use contrastive::{HiddenStates, contrastive_search};
pub use counted::Counted;
pub use cutoff::{epsilon_cutoff, eta_cutoff};
pub use error::DecodingError;
pub use fast::{Cut, FastMirostat, Penalised, Sampler, Settings, fast_contrastive_search, generate_batch};
pub use filter::{Filter, Pipeline, Trace};
pub use generate::{Finish, Generated, Step, generate};
pub use greedy::greedy;
pub use gumbel::gumbel_max;
pub use min_p::min_p;
pub use mirostat::Mirostat;
pub use model::LanguageModel;
pub use n_grams::no_repeat_n_gram;
pub use penalty::{Penalty, frequency_penalty, presence_penalty, repetition_penalty};
pub use search::{
    BeamSearch, DiverseBeamSearch, Found, Hypothesis, LengthPenalty, exhaustive_search, mode_search,
};
pub use speculative::{
    Speculated, acceptance_probability, expected_tokens_per_call, is_accepted, residual,
    speculative_sampling, speculative_speedup,
};
pub use strategy::{Choice, Greedy, GumbelMax, Strategy};
pub use temperature::temperature;
pub use together::{Pen, generate_together};
pub use top_k::{top_k, written_answer_top_k};
pub use top_p::{top_p, written_answer_top_p};
pub use typical::typical;
pub use vote::majority_vote;
