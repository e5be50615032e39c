//! How long a run takes, said before it starts.

use super::{WORDS, knobs};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Seconds for one pair of one step, about.
const A_PAIR: f64 = 1.2e-5;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let (steps, batch) = (knobs::STEPS.of(&setting.values), knobs::BATCH.of(&setting.values));
    let seconds = (steps * batch) as f64 * A_PAIR;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![steps, batch, seconds]))
}
