//! How long a run takes, said before it starts.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;

use super::figures::SWEEP;
use super::knobs::Kind;
use super::setup::{MOST_BYTES, built_in_text, shorter};
use super::strategies::{CONTRASTIVE, Numbers, chosen};
use super::{QUICK, SMALL, WORDS, compare, knobs};
use crate::kit::knob::Values;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Shorter runs are over before a line could be read.
const LONG: f64 = 4.0;
/// Texts of all sweeps together.
const SWEPT: usize = 250;
/// Rows of the rest of the page: the steps looked at, greedy's way into its loop.
const REST: usize = 5000;
/// Seconds for one logit of a row that is sorted, for every doubling of the vocabulary, about.
const SORTED: f64 = 2.1e-9;
/// Of a row of one prefix of a beam, about.
const SEARCHED: f64 = 1.6e-8;
/// Of a candidate that contrastive search holds against one token before it, about.
const HELD: f64 = 0.94e-9;

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let values = &setting.values;
    if compare::asked(values) {
        return compare::waiting(values);
    }
    let seconds = seconds(values);
    (seconds >= LONG).then(|| WORDS.with("timing.waiting", &named![seconds]))
}

/// Seconds on one core, about. Of a text that follows the prompt and those of the comparison, each row has as many
/// logits as there are characters to choose from.
fn seconds(values: &Values) -> f64 {
    let vocabulary = distinct(values);
    let strategies = chosen(&Numbers::new(values), knobs::STRATEGY.of(values));
    let if_any = |kind: Kind, count: usize| {
        if strategies.iter().any(|strategy| strategy.kind == kind) { count as f64 } else { 0.0 }
    };
    let tokens = knobs::TOKENS.of(values);
    let [compared, swept] = [QUICK, SWEEP].map(|logits| shorter(tokens, logits, vocabulary));
    let texts = tokens + SMALL.prompts * SMALL.seeds * compared;
    let sorted = (strategies.len() * texts + SWEPT * swept + REST) as f64;
    let prefixes = if_any(Kind::Beam, knobs::BEAMS.of(values) * (tokens + SMALL.prompts * compared));
    let before = tokens.pow(2) + SMALL.prompts * compared.pow(2);
    let held = if_any(Kind::Contrastive, CONTRASTIVE.0 * before / 2);
    let doublings = (vocabulary.max(1) as f64).log2();
    vocabulary as f64 * (sorted * doublings * SORTED + prefixes * SEARCHED + held * HELD)
}

/// Distinct characters of the text. A file that cannot be read is refused by whoever reads it next.
fn distinct(values: &Values) -> usize {
    let kinds = |text: &str| text.chars().collect::<BTreeSet<char>>().len();
    let Some(path) = knobs::CORPUS.of(values) else {
        return kinds(built_in_text(knobs::TEXT.of(values)));
    };
    let mut bytes = Vec::new();
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|there| there.is_file()));
    let read = file.map(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    if !matches!(read, Some(Ok(_))) {
        return 0;
    }
    kinds(&String::from_utf8_lossy(&bytes))
}
