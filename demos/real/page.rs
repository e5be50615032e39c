//! A page of a lesson on a model: what all of them begin with.

use std::path::Path;

use super::{Real, WORDS, open};
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// Opens the model of `--model`. Of the lesson's flags this page uses `used`; another one that was given would be
/// ignored in silence, so it is refused.
pub(crate) fn open_for(
    path: &Path,
    values: &Values,
    knobs: &[&dyn Knob],
    used: &[&dyn Knob],
) -> Result<Real, Refusal> {
    let mut others = knobs.iter().filter(|knob| used.iter().all(|known| known.name() != knob.name()));
    match others.find(|knob| values.given(**knob)) {
        Some(knob) => Err(Refusal(WORDS.with("refused.flag", &named![name = knob.name()]))),
        None => open(path, "model"),
    }
}

/// What of the model's files nothing uses.
pub(crate) fn unused(real: &Real) -> Option<Text> {
    let fields: Vec<&str> = real.unused().collect();
    (!fields.is_empty())
        .then(|| WORDS.with("page.unused", &named![fields = Text::new(fields.join(", "), fields.join("、"))]))
}

/// Names of special tokens that stand in a person's text: a text from outside is read as plain characters.
pub(crate) fn marks(real: &Real, text: &str) -> Option<Text> {
    let special = real.tokenizer.added().iter().filter(|added| added.special && !added.content.is_empty());
    let found = special.filter(|added| text.contains(added.content.as_str()));
    let marks = found.map(|added| name(&added.content)).collect::<Vec<_>>().join(" ");
    (!marks.is_empty()).then(|| WORDS.with("page.marks", &named![marks]))
}
