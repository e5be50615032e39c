//! What to write oneself: the metrics that decide what looks sudden.

mod edit_distance;
mod exact_match;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[&exact_match::EXERCISE, &edit_distance::EXERCISE];

/// Characters as numbers, as the library takes tokens.
fn code_points(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}
