//! What to write oneself: the best split of a budget, and what training takes.

mod compute_optimal;
mod training_flops;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[&training_flops::EXERCISE, &compute_optimal::EXERCISE];
