//! What is measured on a trained model.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `surprise` | how little a model expected each token of a text: [`surprise`], [`by_position`] |
//! | 2 | `heads` | what a head looks at: [`head_scores`], [`induction_scores`] |
//! | 3 | `answers` | how well a model answers after some text: [`answers()`] |

mod answers;
mod heads;
mod surprise;

pub use answers::{Answered, answers};
pub use heads::{Head, HeadScores, head_scores, induction_scores};
pub use surprise::{Stretch, by_position, surprise};
