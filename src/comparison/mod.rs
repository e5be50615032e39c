//! Decoding strategies compared on any language model: swept over their numbers, on the same prompts.
//!
//! One setting of each strategy says little: top-p 0.9 and top-k 10 differ because one is stricter than the
//! other, not because one is better. So every strategy is swept over its number, every setting writes from the
//! same prompts with the same random numbers, and strategies are set against each other where they are equally
//! strong. Nothing here knows what the model is, and what is measured is measured in texts alone: texts that
//! another program wrote are judged by the same code. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `family` | the strategies, each with the number that it is swept over: [`Family`] |
//! | 2 | `recipe` | a strategy with its number, and how it chooses: [`Recipe`] |
//! | 3 | `write` | one text: [`write()`], [`Written`] |
//! | 4 | `round` | one prompt for all recipes, on all cores: [`Plan`], [`Plan::round`] |
//! | 5 | `strength` | how much a strategy cuts away, on the same contexts for all: [`fn@strength`], [`Strength`] |
//! | 6 | `record` | a text as it stands in a file: [`Record`] |
//! | 7 | `units` | words and characters as numbers: [`Units`] |
//! | 8 | `group` | the texts of one setting, by prompt: [`groups`], [`Group`] |
//! | 9 | `measured` | the measures, and their values: [`Measure`], [`Measured`] |
//! | 10 | `sample` | a text as numbers, and what is measured of many: [`Sample`], [`measure_samples`] |
//! | 11 | `measure` | what is measured of a group: [`measure()`], [`Reference`] |

mod family;
mod group;
mod measure;
mod measured;
mod recipe;
mod record;
mod round;
mod sample;
mod strength;
mod units;
mod write;

pub use family::Family;
pub use group::{Group, Grouped, groups};
pub use measure::{Judge, Reference, measure};
pub use measured::{Measure, Measured};
pub use recipe::Recipe;
pub use record::{HUMAN, Record};
pub use round::Plan;
pub use sample::{Sample, measure_samples};
pub use strength::{Strength, contexts, strength};
pub use units::Units;
pub use write::{Written, log_probs, write};
