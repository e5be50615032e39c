//! What a person can change.

use concepts::position::rope::{Layout, YarnRamp};

use super::method::{METHODS, Method};
use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Real, Whole};

pub(crate) static HEAD_DIM: Whole = Whole::new("head-dim", 4, 1024).default(128);
pub(crate) static BASE: Real = Real::new("base", 1.000_001, 1e15).default(10_000.0).logarithmic();
pub(crate) static LAYOUT: Choice<Layout> =
    Choice::new("layout", &[("interleaved", Layout::Interleaved), ("halves", Layout::Halves)])
        .default("halves");
pub(crate) static SCALING: Choice<Method> = Choice::new("scaling", METHODS);
/// The longest context that the page takes.
pub(crate) const MOST_TOKENS: u64 = 16_777_216;

pub(crate) static TRAIN_LEN: Whole = Whole::new("train-len", 2, MOST_TOKENS).default(2048);
pub(crate) static LEN: Whole = Whole::new("len", 2, MOST_TOKENS).default(16_384);
pub(crate) static FACTOR: Maybe<Real> = Real::new("factor", 1.0, 1e6).logarithmic().optional();
pub(crate) static RAMP: Choice<YarnRamp> = Choice::new(
    "ramp",
    &[
        ("turns", YarnRamp::ByRotations),
        ("index", YarnRamp::ByIndex),
        ("unrounded", YarnRamp::ByIndexUnrounded),
    ],
);
pub(crate) static CONFIG: PathTo = PathTo::file("config");
pub(crate) static M: Whole = Whole::new("m", 0, 65_536).default(8);
pub(crate) static N: Whole = Whole::new("n", 0, 65_536).default(3);
/// The second page: a trained model, and how long a text it reads at once.
pub(crate) static MODEL: PathTo = PathTo::file("model");
pub(crate) static LONG: Maybe<Whole> = Whole::new("long", 2, 65_536).optional();

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&CONFIG, &HEAD_DIM, &BASE, &LAYOUT, &SCALING, &FACTOR, &RAMP, &TRAIN_LEN, &LEN, &M, &N, &MODEL, &LONG];
/// What a configuration says for itself.
pub(crate) static SAID: &[&dyn Knob] = &[&HEAD_DIM, &BASE, &SCALING, &FACTOR, &RAMP, &TRAIN_LEN];
