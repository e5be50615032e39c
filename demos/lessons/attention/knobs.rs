//! What a person can change.

use crate::kit::knob::{Knob, Maybe, PathTo, Sentence, Switch, Whole};

/// The sentence when none is given. One of its words comes twice, which shows what attention cannot
/// tell apart without positions.
pub(crate) const SENTENCE: &str = "the cat sat on the mat";

pub(crate) static TEXT: Sentence = Sentence::new("text", 4000);
pub(crate) static SEQ: Maybe<Whole> = Whole::new("seq", 1, 4096).optional();
pub(crate) static D_MODEL: Whole = Whole::new("d-model", 1, 4096).default(8);
pub(crate) static HEADS: Whole = Whole::new("heads", 1, 256).default(2);
pub(crate) static CAUSAL: Switch = Switch::new("causal");
pub(crate) static PAD: Whole = Whole::new("pad", 0, 4096);
pub(crate) static CROSS: Maybe<Whole> = Whole::new("cross", 1, 4096).optional();
pub(crate) static EXAMPLE: Switch = Switch::new("example");
/// The second page: a trained model.
pub(crate) static MODEL: PathTo = PathTo::file("model");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&TEXT, &SEQ, &D_MODEL, &HEADS, &CAUSAL, &PAD, &CROSS, &EXAMPLE, &MODEL];
