//! Fast sampling in `f32`: nothing is sorted that need not be, and a [`Sampler`] allocates nothing after the first
//! token.
//!
//! The readable twin is [`Settings::pipeline`]. What the pipeline sorts is here found by selection.
//!
//! | file | idea |
//! |---|---|
//! | `settings` | which strategies, in which order: [`Settings`] |
//! | `block` | the vocabulary in pieces of 128 |
//! | `scan` | one pass: the largest logit of each block, and whether all are fine |
//! | `weigh` | one pass: `e^(l − m)` of every logit, with the sum of each block or the bucket of each logit |
//! | `entry` | a token that was picked out, and the order of tokens |
//! | `top_k` | a threshold from the maxima of blocks, then a selection among few |
//! | `nucleus` | the mass of each of 1024 buckets, then a selection inside one of them |
//! | `keep` | which tokens are left, by the settings |
//! | `cut` | typical, ε and η: a pass for all probabilities, then a threshold or buckets of distances |
//! | `draw` | one of them |
//! | `sampler` | the face of all this: [`Sampler`] |
//! | `mirostat` | a threshold that learns: [`FastMirostat`] |
//! | `penalised` | rules against repetition before all this: [`Penalised`] |
//! | `contrastive` | the best few by selection, hidden states compared in vectors: [`fast_contrastive_search`] |
//! | `batch` | many texts at once, with paired draws: [`generate_batch`] |

mod batch;
mod block;
mod contrastive;
mod cut;
mod draw;
mod entry;
mod keep;
mod mirostat;
mod nucleus;
mod penalised;
mod sampler;
mod scan;
mod settings;
#[cfg(test)]
mod tests;
mod top_k;
mod weigh;

pub use batch::generate_batch;
pub use contrastive::fast_contrastive_search;
pub use mirostat::FastMirostat;
pub use penalised::Penalised;
pub use sampler::Sampler;
pub use settings::{Cut, Settings};
