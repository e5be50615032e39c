//! What to write oneself: the losses and advantages of learning from preferences.

mod bradley_terry;
mod bradley_terry_fit;
mod dpo_loss;
mod gae;
mod grpo_advantages;
mod ppo_loss;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &bradley_terry::EXERCISE,
    &bradley_terry_fit::EXERCISE,
    &dpo_loss::EXERCISE,
    &ppo_loss::EXERCISE,
    &gae::EXERCISE,
    &grpo_advantages::EXERCISE,
];
