//! What a person can change.

/// The sentence when none is given. One of its words comes twice, which shows what attention cannot
/// tell apart without positions.
pub(super) const SENTENCE: &str = "the cat sat on the mat";

use crate::kit::knob::{Knob, Maybe, Sentence, Switch, Whole};

pub(super) static TEXT: Sentence = Sentence::new("text", 4000);
pub(super) static SEQ: Maybe<Whole> = Whole::new("seq", 1, 4096).optional();
pub(super) static D_MODEL: Maybe<Whole> = Whole::new("d-model", 1, 4096).optional();
pub(super) static HEADS: Maybe<Whole> = Whole::new("heads", 1, 256).optional();
pub(super) static CAUSAL: Switch = Switch::new("causal");
pub(super) static PAD: Whole = Whole::new("pad", 0, 4096);
pub(super) static CROSS: Maybe<Whole> = Whole::new("cross", 1, 4096).optional();
pub(super) static EXAMPLE: Switch = Switch::new("example");

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] = &[&TEXT, &SEQ, &D_MODEL, &HEADS, &CAUSAL, &PAD, &CROSS, &EXAMPLE];
