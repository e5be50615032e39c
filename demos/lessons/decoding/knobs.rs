//! What a person can change.

use crate::kit::knob::{Choice, Knob, PathTo, Real, Sentence, Switch, Whole};

pub(super) static PROMPT: Sentence = Sentence::new("prompt", 1000);
pub(super) static STRATEGY: Choice<&str> = Choice::new(
    "strategy",
    &[
        ("all", "all"),
        ("greedy", "greedy"),
        ("no-repeat", "no-repeat"),
        ("beam", "beam"),
        ("contrastive", "contrastive"),
        ("sampling", "sampling"),
        ("temperature", "temperature"),
        ("top-k", "top-k"),
        ("top-p", "top-p"),
        ("min-p", "min-p"),
        ("typical", "typical"),
        ("epsilon", "epsilon"),
        ("mirostat", "mirostat"),
    ],
);
pub(super) static TEMPERATURE: Real = Real::new("temperature", 0.0, 100.0).default(0.7).logarithmic();
pub(super) static K: Whole = Whole::new("k", 1, 1_000_000).default(10);
pub(super) static P: Real = Real::new("p", 0.0, 1.0).default(0.9);
pub(super) static MIN_P: Real = Real::new("min-p", 0.0, 1.0).default(0.05).logarithmic();
pub(super) static BEAMS: Whole = Whole::new("beams", 1, 100).default(4);
pub(super) static LENGTH_PENALTY: Real = Real::new("length-penalty", 0.0, 5.0).default(1.0);
pub(super) static TOKENS: Whole = Whole::new("tokens", 8, 1000).default(200);
pub(super) static CORPUS: PathTo = PathTo::file("corpus");
pub(super) static TEXT: Choice<&str> = Choice::new("text", &[("english", "english"), ("chinese", "chinese")]);
pub(super) static ORDER: Whole = Whole::new("order", 1, 8).default(6);
pub(super) static STEP: Whole = Whole::new("step", 1, 1000);
pub(super) static LOGITS: PathTo = PathTo::file("logits");
pub(super) static COMPARE: Switch = Switch::new("compare");

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] = &[
    &PROMPT,
    &STRATEGY,
    &TEMPERATURE,
    &K,
    &P,
    &MIN_P,
    &BEAMS,
    &LENGTH_PENALTY,
    &TOKENS,
    &CORPUS,
    &TEXT,
    &ORDER,
    &STEP,
    &LOGITS,
    &COMPARE,
];
