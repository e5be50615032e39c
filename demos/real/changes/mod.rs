//! What the lessons' pages on a trained model share: texts, changes of the model, and what each costs in nats.
//!
//! | file | what it holds |
//! |---|---|
//! | `texts` | the texts that the model is measured on: windows of a text, random tokens said twice |
//! | `bench` | a model with changes on these texts: `Bench`, `Cost` |
//! | `parts` | what of a page is measured, and how long that takes |
//! | `shown` | what all these pages show: who is measured on what, the cost of a change as cells |

mod bench;
mod parts;
mod shown;
mod texts;

pub(crate) use bench::{Bench, Cost, long_enough, sound};
pub(crate) use parts::{Measurement, passes, waiting_parts};
pub use shown::takes_long;
pub(crate) use shown::{about, range, seconds, signed, size, told, waiting_long, waiting_questions};
pub(crate) use texts::{WINDOW, WINDOWS, begun, sentence_starts, twice};

use crate::kit::words::Words;
use crate::words;

/// What these pages say alike.
pub static WORDS: Words = words!("changes");
