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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::parts::Part;

    #[test]
    fn what_is_not_asked_for_takes_no_time() {
        let parts = [
            Measurement { shown: &["heads", "cost"], passes: 3 },
            Measurement { shown: &["cost"], passes: 5 },
        ];
        let asked = |part| Asked::of("\n## 1 Heads\n\n[[heads]]\n\n## 2 Cost\n\n[[cost]]\n", part).0;
        let of = |part| passes(&asked(part), &parts);
        assert_eq!([of(Part::Section(1)), of(Part::Section(2)), passes(&Asked::all(), &parts)], [4, 9, 9]);
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), b"GGUF").expect("it can be written");
        file.as_file().set_len(1 << 34).expect("a hole");
        let waiting = |asked: &Asked| waiting_parts(file.path(), asked, &parts);
        assert!(waiting(&asked(Part::Section(1))).is_some() && waiting(&Asked::all()).is_some());
        assert!(waiting(&asked(Part::Nothing)).is_none());
        let measured = parts[1].of(&asked(Part::Section(1)), || Ok(7)).expect("nothing fails");
        assert_eq!(measured, None);
    }
}
