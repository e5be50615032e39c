//! What of a page is measured, and how long that takes.

use std::path::Path;

use super::shown::waiting;
use crate::kit::knob::Refusal;
use crate::kit::parts::Asked;
use crate::kit::text::Text;

/// A measurement of a page.
pub(crate) struct Measurement {
    /// The ids of what rests on it.
    pub(crate) shown: &'static [&'static str],
    /// So many passes over the windows, about.
    pub(crate) passes: usize,
}

impl Measurement {
    /// The measurement, if something that rests on it is asked for.
    pub(crate) fn of<T>(
        &self,
        asked: &Asked,
        measure: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        asked.any(self.shown).then(measure).transpose()
    }
}

/// Passes over the windows for what is asked for, about. The model as it is takes one.
pub(crate) fn passes(asked: &Asked, parts: &[Measurement]) -> usize {
    parts.iter().filter(|part| asked.any(part.shown)).map(|part| part.passes).sum::<usize>() + 1
}

/// What to say while they go on, if that takes long.
pub(crate) fn waiting_parts(path: &Path, asked: &Asked, parts: &[Measurement]) -> Option<Text> {
    if asked.is_nothing() { None } else { waiting(path, passes(asked, parts)) }
}
