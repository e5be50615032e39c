//! What to write oneself: positions as tables and as biases.

mod alibi_bias;
mod alibi_slopes;
mod learned_lookup;
mod sinusoidal_table;
mod t5_buckets;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &sinusoidal_table::EXERCISE,
    &learned_lookup::EXERCISE,
    &alibi_slopes::EXERCISE,
    &alibi_bias::EXERCISE,
    &t5_buckets::EXERCISE,
];
