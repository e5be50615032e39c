//! What to write oneself: attention in all its forms.

mod attention;
mod attention_backward;
mod cross_attention;
mod kv_cache_step;
mod log_softmax;
mod multi_head;
mod online_softmax;
mod softmax;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &softmax::EXERCISE,
    &log_softmax::EXERCISE,
    &attention::EXERCISE,
    &multi_head::EXERCISE,
    &cross_attention::EXERCISE,
    &kv_cache_step::EXERCISE,
    &online_softmax::EXERCISE,
    &attention_backward::EXERCISE,
];
