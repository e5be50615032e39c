//! What to write oneself: how the next token is chosen, and how well a model predicts.

mod beam_search;
mod cross_entropy;
mod draw;
mod greedy;
mod min_p;
mod perplexity;
mod repetition_penalty;
mod speculative_acceptance;
mod temperature;
mod top_k;
mod top_p;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &greedy::EXERCISE,
    &temperature::EXERCISE,
    &top_k::EXERCISE,
    &top_p::EXERCISE,
    &min_p::EXERCISE,
    &repetition_penalty::EXERCISE,
    &beam_search::EXERCISE,
    &speculative_acceptance::EXERCISE,
    &perplexity::EXERCISE,
    &cross_entropy::EXERCISE,
];
