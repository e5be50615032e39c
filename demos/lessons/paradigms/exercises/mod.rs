//! What to write oneself: the best path of tags, and a classifier that counts.

mod naive_bayes;
mod viterbi;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[&viterbi::EXERCISE, &naive_bayes::EXERCISE];
