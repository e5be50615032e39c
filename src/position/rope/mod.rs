//! Rotary position embedding: queries and keys are turned by an angle that grows with the position.
//!
//! Of the positions a score then sees the signed offset alone: `(R(m) q)·(R(n) k) = q·R(n − m) k`. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `frequencies` | how fast each pair of features turns: [`rope_frequencies`] |
//! | 2 | `layout` | which two features are a pair: [`Layout`], [`layout_permutation`] |
//! | 3 | `rotation` | the readable twins: [`rotate_by_matrix`], [`rotate_by_complex`], [`rotation_matrix`] |
//! | 4 | `scaling` | other frequencies for longer texts: [`Scaling`], [`ntk_base`], [`yarn_mscale`] |
//! | 5 | `longrope` | a factor for each pair: [`longrope_frequencies`] |
//! | 6 | `ramp` | which pairs a scaling by parts stretches: [`YarnRamp`] |
//! | 7 | `phases` | which pairs reach angles that training never showed: [`out_of_range`], [`phase_ratios`] |
//! | 8 | `decay` | a bound on the score that falls with the distance: [`abel_bound`] |
//! | 9 | `kernel` | the fast kernel, `f32`, in place: [`Rope`], [`RopeCache`] |

mod decay;
mod frequencies;
mod kernel;
mod layout;
mod longrope;
mod phases;
mod ramp;
mod rotation;
mod scaling;

pub use decay::abel_bound;
pub use frequencies::rope_frequencies;
pub use kernel::{Rope, RopeCache};
pub use layout::{Layout, layout_permutation};
pub use longrope::{longrope_attention_factor, longrope_frequencies};
pub use phases::{out_of_range, phase_ratios};
pub use ramp::YarnRamp;
pub use rotation::{rotate_by_complex, rotate_by_matrix, rotation_matrix};
pub use scaling::{Scaling, ntk_base, yarn_mscale};
