//! How good and how varied generated texts are, and how sure one may be of a difference.
//!
//! A text is a list of token ids, `&[u32]`, without its end token. Probability of texts is measured in
//! [`language_model`](crate::language_model); here stands what is counted in the texts themselves. In
//! reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `repetition` | does a text end in a loop: [`ending_loop`], [`loop_rate`]; n-grams said again: [`repeated_ngrams`] |
//! | 2 | `diversity` | [`distinct_ngrams`], [`unique_texts`], the exponent of Zipf's law: [`zipf_exponent`] |
//! | 3 | `bleu` | how alike texts are: [`bleu()`], [`self_bleu`] |
//! | 4 | `bootstrap` | intervals, and whether a difference is shown: [`bootstrap()`], [`mean_interval`], [`mean_difference`] |
//! | 5 | `error` | what can be wrong with the inputs: [`EvaluationError`] |
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
mod diversity;
mod error;
mod repetition;

pub use bleu::{BLEU_ORDER, bleu, self_bleu};
pub use bootstrap::{Bootstrap, Difference, Interval, bootstrap, mean_difference, mean_interval};
pub use diversity::{ZIPF_RANKS, distinct_ngrams, unique_texts, zipf_exponent};
pub use error::EvaluationError;
pub use repetition::{Loop, LoopRule, ending_loop, loop_rate, repeated_ngrams};
