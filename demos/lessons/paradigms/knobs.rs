//! What a person can change.

use concepts::classical::{Language, Units};

use crate::kit::knob::{Choice, Knob, PathTo, Real, Sentence, Whole};

pub(crate) static TEXT: Sentence = Sentence::new("text", 200);
pub(crate) static DATA: Choice<Language> =
    Choice::new("data", &[("english", Language::English), ("chinese", Language::Chinese)]);
pub(crate) static CSV: PathTo = PathTo::file("csv");
pub(crate) static TEXT_COLUMN: Sentence = Sentence::new("text-column", 200);
pub(crate) static LABEL: Sentence = Sentence::new("label", 200);
pub(crate) static UNITS: Choice<Units> =
    Choice::new("units", &[("single", Units::Single), ("pairs", Units::Pairs)]);
pub(crate) static LABELLED: Whole = Whole::new("labelled", 2, 2000).default(512);
pub(crate) static REPEATS: Whole = Whole::new("repeats", 2, 200).default(20);
pub(crate) static SMOOTHING: Real = Real::new("smoothing", 0.001, 100.0).default(1.0).logarithmic();
pub(crate) static PENALTY: Real = Real::new("penalty", 0.001, 100.0).default(1.0).logarithmic();
pub(crate) static NEIGHBOURS: Whole = Whole::new("neighbours", 1, 25).default(1);
pub(crate) static TAG_SMOOTHING: Real = Real::new("tag-smoothing", 0.001, 100.0).default(0.1).logarithmic();

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[
    &TEXT,
    &DATA,
    &CSV,
    &TEXT_COLUMN,
    &LABEL,
    &UNITS,
    &LABELLED,
    &REPEATS,
    &SMOOTHING,
    &PENALTY,
    &NEIGHBOURS,
    &TAG_SMOOTHING,
];
