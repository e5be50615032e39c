//! The weights of a decoder, each at its place.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `names` | what files call each part: [`Naming`] |
//! | 2 | `linear` | a matrix in `f32` that computes in `f64`, and its bias |
//! | 3 | `norm` | the gains of a norm |
//! | 4 | `load` | from named tensors to parts, with all that can be wrong |
//! | 5 | `head` | whether the embedding is the head, as the weights decide it |
//! | 6 | `whole` | the parts together: [`Model`] |

mod head;
mod linear;
mod load;
mod names;
mod norm;
mod whole;

pub(super) use linear::Linear;
pub use names::Naming;
pub(super) use names::{Part, Within, is_computed, within};
pub(super) use norm::Gains;
pub(super) use whole::Layer;
pub use whole::Model;
