//! What a person can change.

use concepts::emergence::{Items, Metric};

use super::metric::METRICS;
use crate::kit::knob::{Choice, Knob, PathTo, Real, Sentence, Whole};

pub(crate) static LENGTH: Whole = Whole::new("length", 1, 10_000).default(30);
pub(crate) static ITEMS: Whole = Whole::new("items", 1, 1_000_000_000).default(100);
pub(crate) static ALPHA: Real = Real::new("alpha", 0.05, 2.0).default(0.35).logarithmic();
pub(crate) static SCALE: Real = Real::new("scale", 1.0, 1e15).default(2e7).logarithmic();
pub(crate) static SIZES: Sentence = Sentence::new("sizes", 400).narrow().default("100M,1B,10B,100B,1T");
pub(crate) static METRIC: Choice<Metric> = Choice::new("metric", METRICS);
pub(crate) static MIX: Choice<Items> =
    Choice::new("mix", &[("alike", Items::Alike), ("mixed", Items::Mixed)]);
pub(crate) static OPTIONS: Whole = Whole::new("options", 2, 100).default(4);
pub(crate) static SCORES: PathTo = PathTo::file("scores");
pub(crate) static CHANCE: Real = Real::new("chance", 0.0, 0.9).default(0.0);
pub(crate) static EXAMPLES: Whole = Whole::new("examples", 1, 512).default(40);
pub(crate) static DIM: Whole = Whole::new("dim", 1, 16).default(5);
pub(crate) static LAYERS: Whole = Whole::new("layers", 1, 32).default(10);
pub(crate) static EXPRESSION: Sentence = Sentence::new("expression", 200).narrow().default("23-20+6");

pub(crate) static MODEL: PathTo = PathTo::file("model");
pub(crate) static PAIRS: PathTo = PathTo::file("pairs");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[
    &LENGTH,
    &ITEMS,
    &ALPHA,
    &SCALE,
    &SIZES,
    &METRIC,
    &MIX,
    &OPTIONS,
    &SCORES,
    &CHANCE,
    &EXAMPLES,
    &DIM,
    &LAYERS,
    &EXPRESSION,
    &MODEL,
    &PAIRS,
];
