//! What a person can change.

use crate::kit::knob::{Choice, Knob, Real, Sentence, Whole};

pub(super) static TEXT: Sentence = Sentence::new("text", 200).default("dog bites man");
pub(super) static SCHEME: Choice<&str> = Choice::new(
    "scheme",
    &[
        ("none", "none"),
        ("sinusoidal", "sinusoidal"),
        ("learned", "learned"),
        ("alibi", "alibi"),
        ("t5", "t5"),
        ("rope", "rope"),
    ],
)
.default("sinusoidal");
pub(super) static SEQ: Whole = Whole::new("seq", 2, 4096).default(64);
pub(super) static D_MODEL: Whole = Whole::new("d-model", 2, 4096).default(32);
pub(super) static BASE: Real = Real::new("base", 1.000_001, 1e9).default(10_000.0).logarithmic();

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] = &[&TEXT, &SCHEME, &SEQ, &D_MODEL, &BASE];
