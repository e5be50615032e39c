//! Activation functions: what they are, how they bend gradients, and what a gate costs.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `function` | [`Activation`]: value and derivative of one number, in `f64` |
//! | 2 | `shape` | where a function is smallest, and how far two functions are apart |
//! | 3 | `feed_forward` | [`GatedLayer`]: `(f(x W) ⊙ x V) U`, with its gradient |
//! | 4 | `mixture` | [`Mixture`]: several such layers, and a router that gives each token some of them |
//! | 5 | `width` | parameters, operations, and the width that keeps a budget |
//! | 6 | `depth` | what a signal and its gradient become in many layers |
//! | 7 | `sample` | what becomes of given numbers: zeros, moments |
//! | 8 | `fast` | GELU, its approximation by tanh, SiLU and gates in `f32`, vectorised |
//! | 9 | `error` | what can be wrong with the inputs: [`ActivationError`] |

mod depth;
mod error;
mod fast;
mod feed_forward;
mod function;
mod mixture;
mod sample;
mod shape;
mod width;

pub use depth::{Flow, Start, flow};
pub use error::{ActivationError, Size};
pub use fast::{fast_geglu, fast_gelu, fast_gelu_tanh, fast_silu, fast_swiglu};
pub use feed_forward::{GatedLayer, Gradients};
pub use function::Activation;
pub use mixture::{Choice, Mixture};
pub use sample::{Moments, Passed, passed};
pub use shape::{Apart, largest_difference, lowest};
pub use width::{ffn_operations, ffn_parameters, llama_width, matched_width};
