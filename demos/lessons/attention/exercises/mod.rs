//! What to write oneself: attention in all its forms.

mod attention;
mod online_softmax;
mod softmax;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&softmax::EXERCISE, &attention::EXERCISE, &online_softmax::EXERCISE];
