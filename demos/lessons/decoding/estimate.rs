//! How long a run takes, said before it starts.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;

use super::setup::MOST_BYTES;
use super::{WORDS, knobs};
use crate::kit::knob::Values;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Shorter runs are over before a line could be read.
const LONG: f64 = 4.0;
/// Distinct characters of the built-in English text, about.
const BUILT_IN: usize = 70;
/// Strategies that write a text each.
const STRATEGIES: usize = 12;
/// Seconds for one logit of one row, about: 30,000 characters to choose from, 200 tokens and 12 strategies beside a
/// beam of 4 take 161.
const A_LOGIT: f64 = 1.1e-6;

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let values = &setting.values;
    let rows = knobs::TOKENS.of(values) * (STRATEGIES + 3 * knobs::BEAMS.of(values));
    let seconds = (rows * distinct(values)) as f64 * A_LOGIT;
    // The comparison draws a bar.
    let compares = knobs::COMPARE.of(values) || knobs::JUDGE.of(values).is_some();
    (seconds >= LONG && !compares).then(|| WORDS.with("timing.waiting", &named![seconds]))
}

/// Distinct characters of the text. A file that cannot be read is refused by whoever reads it next.
fn distinct(values: &Values) -> usize {
    let Some(path) = knobs::CORPUS.of(values) else { return BUILT_IN };
    let mut bytes = Vec::new();
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|there| there.is_file()));
    let read = file.map(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    if !matches!(read, Some(Ok(_))) {
        return 0;
    }
    String::from_utf8_lossy(&bytes).chars().collect::<BTreeSet<char>>().len()
}
