//! What to write oneself: activations, gates, experts and norms.

mod gelu;
mod layer_norm;
mod layer_norm_backward;
mod mixture_of_experts;
mod rms_norm;
mod rms_norm_backward;
mod swiglu;
mod swiglu_backward;

use crate::kit::exercise::Exercise;
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
