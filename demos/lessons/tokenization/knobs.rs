//! What a person can change.

use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Sentence, Switch, Whole};

pub(super) static CORPUS: PathTo = PathTo::file("corpus");
pub(super) static ALGORITHM: Choice<&str> =
    Choice::new("algorithm", &[("bpe", "bpe"), ("wordpiece", "wordpiece"), ("unigram", "unigram")]);
pub(super) static BASE: Choice<&str> =
    Choice::new("base", &[("char", "char"), ("byte", "byte")]).default("byte");
pub(super) static VOCAB: Maybe<Whole> = Whole::new("vocab", 1, 1_000_000).optional();
pub(super) static MERGES: Maybe<Whole> = Whole::new("merges", 0, 1_000_000).optional();
pub(super) static TEXT: Sentence = Sentence::new("text", 10_000).default("lowest");
pub(super) static TRACE: Switch = Switch::new("trace");
pub(super) static COMPARE: Switch = Switch::new("compare");
pub(super) static SAVE: PathTo = PathTo::file("save");
pub(super) static LOAD: PathTo = PathTo::file("load");

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] =
    &[&CORPUS, &ALGORITHM, &BASE, &VOCAB, &MERGES, &TEXT, &TRACE, &COMPARE, &SAVE, &LOAD];
