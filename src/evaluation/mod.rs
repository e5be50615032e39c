//! How good and how varied generated texts are, and how sure one may be of a difference.
//!
//! A text is a list of token ids, `&[u32]`, without its end token. Probability of texts is measured in
//! [`language_model`](crate::language_model); here stands what is counted in the texts themselves. In
//! reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `repetition` | does a text end in a loop: [`ending_loop`], [`loop_rate`]; n-grams said again: [`repeated_ngrams`], [`sequence_repetition`], [`repeated_tokens`] |
//! | 2 | `diversity` | [`distinct_ngrams`], [`unique_texts`], [`type_token_ratio`], [`rank_frequencies`] and the exponent of Zipf's law: [`zipf_exponent`] |
//! | 3 | `vocabulary` | are the words words: [`text_words`], [`vocabulary_share`] |
//! | 4 | `bleu` | how alike texts are: [`bleu()`], [`self_bleu`] |
//! | 5 | `divergence` | [`kullback_leibler`], [`jensen_shannon`], [`total_variation`] |
//! | 6 | `held_out` | n-grams of texts against those of held-out text: [`ngram_divergence`] |
//! | 7 | `features` | texts as points: [`hashed_ngrams`], [`tf_idf`] |
//! | 8 | `kmeans` | points into clusters: [`kmeans()`] |
//! | 9 | `frontier` | [`divergence_frontier`], [`frontier_area`], [`frontier_integral`] |
//! | 10 | `likeness` | two sets of texts, MAUVE's way: [`text_likeness`], [`Quantizer`], [`likeness_interval`] |
//! | 11 | `surprise` | `−ln p` by position: [`surprise_by_position`] |
//! | 12 | `bootstrap` | intervals, and whether a difference is shown: [`bootstrap()`], [`mean_interval`], [`mean_difference`] |
//! | 13 | `resampling` | many intervals from the same draws: [`Resampling`] |
//! | 14 | `significance` | [`sign_flip`], and many comparisons: [`holm`] |
//! | 15 | `power` | how many prompts are needed: [`needed_pairs`], [`visible_difference`] |
//! | 16 | `matched` | two strategies at the same strength: [`matched_difference`] |
//! | 17 | `pareto` | the settings that no other beats: [`pareto_front`] |
//! | 18 | `ngrams` | n-grams as small numbers, for the measures above |
//! | 19 | `error`, [`words`](mod@words) | what can be wrong with the inputs: [`EvaluationError`] |
//!
//! Means and standard deviations are in [`statistics`](crate::numerics::statistics).
//!
//! # Which sample to resample
//! Texts from one prompt are alike, so they are no independent sample: the prompts are. Measure each
//! prompt, over its texts, and bootstrap the values of the prompts ([`mean_interval`]). Measures of a
//! *set* (self-BLEU, distinct n-grams, unique texts) must not be taken of a resampled set: it holds
//! some texts twice, which would look like a lack of diversity.

mod bleu;
mod bootstrap;
mod divergence;
mod diversity;
mod error;
mod features;
mod frontier;
mod held_out;
mod kmeans;
mod likeness;
mod matched;
mod ngrams;
mod pareto;
mod power;
mod repetition;
mod resampling;
mod significance;
mod surprise;
mod vocabulary;
pub mod words;

pub use bleu::{BLEU_ORDER, bleu, self_bleu};
pub use bootstrap::{Bootstrap, Difference, Interval, bootstrap, mean_difference, mean_interval};
pub use divergence::{jensen_shannon, kullback_leibler, total_variation};
pub use diversity::{
    ZIPF_RANKS, distinct_ngrams, rank_frequencies, type_token_ratio, unique_texts, zipf_exponent,
};
pub use error::EvaluationError;
pub use features::{hashed_ngrams, inverse_document_frequency, tf_idf};
pub use frontier::{FrontierOptions, divergence_frontier, frontier_area, frontier_integral};
pub use held_out::{NgramDivergence, ngram_divergence};
pub use kmeans::{Clustering, KMeans, kmeans, kmeans_from};
pub use likeness::{Likeness, LikenessOptions, Quantizer, likeness_interval, text_likeness};
pub use matched::{CurvePoint, common_range, matched_difference, matched_values};
pub use pareto::pareto_front;
pub use power::{needed_pairs, visible_difference};
pub use repetition::{
    Loop, LoopRule, ending_loop, loop_rate, repeated_ngrams, repeated_tokens, sequence_repetition,
};
pub use resampling::Resampling;
pub use significance::{EXACT_SIGNS, PValue, holm, sign_flip};
pub use surprise::{Surprise, surprise_by_position};
pub use vocabulary::{text_words, vocabulary_share};
