//! What to write oneself: penalties on the weights, and weight decay.

mod adamw;
mod lasso_coordinate_descent;
mod ridge;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&ridge::EXERCISE, &lasso_coordinate_descent::EXERCISE, &adamw::EXERCISE];
