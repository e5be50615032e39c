//! How long a run takes, said before it starts.

use super::{WORDS, knobs};
use crate::kit::knob::Values;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Seconds for one pair of one step, about.
const A_PAIR: f64 = 1.2e-5;
/// Seconds for one similarity of a person's own, at all temperatures that are tried, about.
const A_SIMILARITY: f64 = 2e-6;
/// Similarities at most: of a thousand pairs.
const MOST: u64 = 1_000_000;
/// Numbers of an embedding, about, where only the size of the file is known.
const WIDTH: u64 = 256;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// Seconds of training.
fn training(values: &Values) -> f64 {
    (knobs::STEPS.of(values) * knobs::BATCH.of(values)) as f64 * A_PAIR
}

/// Does training take so long that a bar could be read?
pub(super) fn is_long(values: &Values) -> bool {
    training(values) >= LONG
}

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let own = [(&knobs::SIMILARITIES, 1), (&knobs::TEXTS, WIDTH)].map(|(knob, width)| {
        let bytes =
            knob.of(&setting.values).and_then(|path| path.metadata().ok()).map_or(0, |file| file.len());
        // A number takes some seven bytes.
        let numbers = bytes / 7 / width;
        if width == 1 { numbers.min(MOST) } else { numbers.pow(2).min(MOST) }
    });
    let seconds = training(&setting.values) + own.iter().sum::<u64>() as f64 * A_SIMILARITY;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}
