//! What to write oneself: who may see whom.

mod mask;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[&mask::EXERCISE];
