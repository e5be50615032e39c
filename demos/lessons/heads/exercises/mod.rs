//! What to write oneself: shared key/value heads, and what a model costs.

mod flops;
mod gqa;
mod kv_bytes;
mod parameter_count;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&gqa::EXERCISE, &kv_bytes::EXERCISE, &parameter_count::EXERCISE, &flops::EXERCISE];
