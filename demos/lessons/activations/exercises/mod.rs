//! What to write oneself: activations, gates, experts and norms.

mod gelu;
mod layer_norm;
mod layer_norm_backward;
mod mixture_of_experts;
mod rms_norm;
mod rms_norm_backward;
mod swiglu;
mod swiglu_backward;

use ndarray::Array2;

use crate::kit::exercise::{Exercise, Given};
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &gelu::EXERCISE,
    &swiglu::EXERCISE,
    &swiglu_backward::EXERCISE,
    &mixture_of_experts::EXERCISE,
    &layer_norm::EXERCISE,
    &rms_norm::EXERCISE,
    &layer_norm_backward::EXERCISE,
    &rms_norm_backward::EXERCISE,
];

/// The norms of the library have one ε. Tokens times `s = √(ε / epsilon)` meet it as the tokens themselves meet the
/// `epsilon` of the exercise: `s` and these tokens.
fn scaled(given: &Given, of_library: f64) -> (f64, Array2<f64>) {
    let s = (of_library / given.number("epsilon")).sqrt();
    (s, given.matrix("x") * s)
}
