//! What a person can change.

use crate::kit::knob::{Choice, Knob, Real, Whole};

pub(super) static HEAD_DIM: Whole = Whole::new("head-dim", 2, 1024).default(128);
pub(super) static BASE: Real = Real::new("base", 1.000_001, 1e9).default(10_000.0).logarithmic();
pub(super) static LAYOUT: Choice<&str> =
    Choice::new("layout", &[("interleaved", "interleaved"), ("halves", "halves")]).default("halves");
pub(super) static SCALING: Choice<&str> = Choice::new(
    "scaling",
    &[
        ("none", "none"),
        ("pi", "pi"),
        ("ntk", "ntk"),
        ("dynamic-ntk", "dynamic-ntk"),
        ("yarn", "yarn"),
        ("llama3", "llama3"),
    ],
);
pub(super) static TRAIN_LEN: Whole = Whole::new("train-len", 2, 10_000_000).default(2048);
pub(super) static LEN: Whole = Whole::new("len", 2, 10_000_000).default(16_384);
pub(super) static M: Whole = Whole::new("m", 0, 65_536).default(8);
pub(super) static N: Whole = Whole::new("n", 0, 65_536).default(3);

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] = &[&HEAD_DIM, &BASE, &LAYOUT, &SCALING, &TRAIN_LEN, &LEN, &M, &N];
