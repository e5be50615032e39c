//! What to write oneself: rotary positions and longer contexts.

mod ntk_frequencies;
mod rope;
mod yarn_frequencies;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&rope::EXERCISE, &ntk_frequencies::EXERCISE, &yarn_frequencies::EXERCISE];
