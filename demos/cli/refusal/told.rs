//! What clap's errors are about.

use clap::error::{ContextKind, ContextValue};

use demos::LESSONS;
use demos::kit::knob::{Kind, Knob};

use crate::cli::options;

/// The flag of this name that takes a value: a knob of the lesson or a flag of the command.
pub(super) fn knob(name: &str, command: &str) -> Option<&'static dyn Knob> {
    let of_lesson = LESSONS.iter().filter(|lesson| lesson.card.name == command);
    of_lesson
        .flat_map(|lesson| lesson.knobs.iter().copied())
        .chain(options::of(command))
        .chain(options::of("")) // it may stand before the command
        .find(|knob| knob.name() == name && knob.kind() != Kind::Switch)
}

/// `seq` where clap says `--seq <N>`.
pub(super) fn flag_name(error: &clap::Error) -> String {
    let shown = context(error, ContextKind::InvalidArg);
    shown.split([' ', '=']).next().unwrap_or("").trim_start_matches('-').to_string()
}

/// The word that the error is about.
pub(super) fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        _ => String::new(),
    }
}

/// The known word that is nearest to it.
pub(super) fn nearest(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word),
        Some(ContextValue::Strings(words)) => words.last().map(String::as_str), // the nearest is last
        _ => None,
    }
}
