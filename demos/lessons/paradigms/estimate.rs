//! How long a run takes, said before it starts.

use super::data::MOST_BYTES;
use super::{WORDS, knobs};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Seconds for a labelled example in a repeat, on one core, about: training and, below it, the test.
const AN_EXAMPLE: f64 = 3e-4;
/// Seconds for a byte that is read and counted, about.
const A_BYTE: f64 = 1.5e-7;
/// Bytes of a row at least.
const A_ROW: u64 = 20;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;
/// Rows of the built-in data.
const BUILT_IN: u64 = 120;

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let values = &setting.values;
    let file = knobs::CSV.of(values).and_then(|path| std::fs::metadata(path).ok());
    let bytes = file.as_ref().map_or(0, |file| file.len().min(MOST_BYTES));
    let rows = file.map_or(BUILT_IN, |_| bytes / A_ROW) as f64;
    let labelled = (knobs::LABELLED.of(values) as f64).min(rows);
    let threads = rayon::current_num_threads() as f64;
    let seconds = bytes as f64 * A_BYTE + knobs::REPEATS.of(values) as f64 * labelled * AN_EXAMPLE / threads;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}
