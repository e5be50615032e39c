//! Emergent abilities: what a smooth law in the size looks like through a metric and a finite test, and what a
//! context teaches without any training.
//!
//! A size is a number of parameters `N`. A score is what a metric makes of a model's per-token probabilities; a test
//! of `n` items shows the score only up to its interval. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `law` | cross-entropy as a power law, exact match, `N₅₀`: [`PowerLaw`] |
//! | 2 | `metrics` | five metrics on one series of models: [`Metric`], [`Test`], [`edit_distance`] |
//! | 3 | `simulate` | the same metrics from drawn answers: [`simulate()`] |
//! | 4 | `binomial` | logarithms and tails of the binomial, the exact interval: [`clopper_pearson`] |
//! | 5 | `detect` | what a test of finite size can see: [`reads_zero`], [`items_needed`] |
//! | 6 | `fit` | a smooth law fitted to scores: [`smooth_fit`] |
//! | 7 | `step` | a step fitted to scores: [`step_fit`], and what tells the two apart: [`compare`] |
//! | 8 | `thresholds` | the published thresholds: [`WEI_2022`] |
//! | 9 | `linear_attention` | a layer without softmax as a step of gradient descent: [`LinearAttention`] |
//! | 10 | `in_context` | gradient descent and kernel regression on examples: [`Examples`] |
//! | 11 | `arithmetic` | the value of an expression: [`evaluate`] |
//! | 12 | `recorded` | where measurements of real models are kept: [`Recorded`] |
//! | 13 | `error` | what can be wrong with the inputs: [`EmergenceError`] |
//! | 14 | [`words`] | names in messages |

mod arithmetic;
mod binomial;
mod detect;
mod error;
mod fit;
mod in_context;
mod law;
mod linear_attention;
mod metrics;
mod recorded;
mod simulate;
mod step;
mod thresholds;
pub mod words;

pub use arithmetic::{Evaluated, Step, evaluate};
pub use binomial::{clopper_pearson, ln_choose, log_likelihood, tail_at_least};
pub use detect::{draw_correct, items_needed, reads_at_most, reads_zero};
pub use error::EmergenceError;
pub use fit::{MOST_EXPONENT, Score, Smooth, smooth_fit};
pub use in_context::{Examples, expected_error_after_one_step, kernel_regression, step_size};
pub use law::{Items, PowerLaw};
pub use linear_attention::LinearAttention;
pub use metrics::{Metric, Test, edit_distance};
pub use recorded::Recorded;
pub use simulate::{Simulated, simulate};
pub use step::{Comparison, Jump, compare, divergence, step_fit};
pub use thresholds::{Prompting, Threshold, WEI_2022};
