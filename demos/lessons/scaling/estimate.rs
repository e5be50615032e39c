//! How long a run takes, said before it starts.

use concepts::scaling::fit::work;

use super::runs::MOST_BYTES;
use super::{WORDS, knobs};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Seconds for one run looked at once, on one core, about.
const A_LOOK: f64 = 6e-8;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;
/// Bytes of a row at least: three short numbers.
const A_ROW: u64 = 12;

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let values = &setting.values;
    let rows = match knobs::RUNS.of(values) {
        Some(path) => {
            std::fs::metadata(path).map_or(0, |file| file.len().min(MOST_BYTES) / A_ROW / 2) as usize
        }
        None => knobs::DRAWN.of(values),
    };
    let threads = rayon::current_num_threads() as f64;
    let seconds = work(rows, knobs::RESAMPLES.of(values)) * A_LOOK / threads;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}
