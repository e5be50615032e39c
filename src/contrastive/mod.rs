//! Images and texts in one space: contrastive losses, two small towers that learn them, and ways to fuse.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `embed` | vectors of length 1, and the gradient through it |
//! | 2 | `objective` | InfoNCE in one direction and in both, SigLIP's loss, with gradients by the logits |
//! | 3 | `contrast` | from embeddings to loss and gradients: [`contrast()`] |
//! | 4 | `bound` | the lowest loss at a temperature, and mutual information |
//! | 5 | `retrieval` | who finds whom, and the modality gap |
//! | 6 | `scene` | a small world of pictures with captions |
//! | 7 | `tower` | two towers with gradients by hand |
//! | 8 | `training` | Adam on batches of pairs, hard negatives |
//! | 9 | `judging` | zero-shot classification of scenes never seen |
//! | 10 | `fusion` | gated cross-attention, a bottleneck of queries, one stream: what each takes |
//! | 11 | `fast` | InfoNCE in `f32` for large batches |
//! | 12 | `error` | what can be wrong with the inputs: [`ContrastiveError`] |

mod bound;
mod contrast;
mod embed;
mod error;
mod fast;
mod fusion;
mod judging;
mod objective;
mod retrieval;
mod scene;
mod tower;
mod training;

pub use bound::{information, lowest_loss};
pub use contrast::{Contrast, Sharpness, contrast};
pub use embed::{through_unit_rows, unit_rows};
pub use error::{ContrastiveError, Side, Size};
pub use fast::{FastContrast, fast_contrast};
pub use fusion::{CrossAttention, Fusion, FusionCost, Gated, Sizes, fusion_cost, image_tokens};
pub use judging::{ZeroShot, nearest, zero_shot};
pub use objective::{Direction, Objective, OnLogits, losses_by_row, on_logits};
pub use retrieval::{Gap, Recall, gap, recall};
pub use scene::{Colour, PIXELS, Place, SIDE, Scene, Shape, WORDS};
pub use tower::{EMBEDDING, Towers};
pub use training::{
    LARGEST_SCALE, Negatives, PICTURES, Plan, Trained, captions, pairs, train, train_with_progress,
};
