//! What to write oneself: the loss that pulls images and texts together.

mod info_nce;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[&info_nce::EXERCISE];
