//! What a person can change.

use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Real, Sentence, Switch, Whole};

/// A strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Greedy,
    NoRepeat,
    Beam,
    Contrastive,
    Sampling,
    Temperature,
    TopK,
    TopP,
    MinP,
    Typical,
    Epsilon,
    Mirostat,
}

/// Each by its word; `all` is none of them alone.
const KINDS: &[(&str, Option<Kind>)] = &[
    ("all", None),
    ("greedy", Some(Kind::Greedy)),
    ("no-repeat", Some(Kind::NoRepeat)),
    ("beam", Some(Kind::Beam)),
    ("contrastive", Some(Kind::Contrastive)),
    ("sampling", Some(Kind::Sampling)),
    ("temperature", Some(Kind::Temperature)),
    ("top-k", Some(Kind::TopK)),
    ("top-p", Some(Kind::TopP)),
    ("min-p", Some(Kind::MinP)),
    ("typical", Some(Kind::Typical)),
    ("epsilon", Some(Kind::Epsilon)),
    ("mirostat", Some(Kind::Mirostat)),
];

impl Kind {
    /// Its word on the command line and in the lesson's words.
    pub(crate) fn word(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == Some(self)).map_or("all", |(word, _)| word)
    }
}

/// A text that the program brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BuiltIn {
    English,
    Chinese,
}

const BUILT_IN: &[(&str, BuiltIn)] = &[("english", BuiltIn::English), ("chinese", BuiltIn::Chinese)];

impl BuiltIn {
    /// Its word on the command line.
    pub(crate) fn word(self) -> &'static str {
        BUILT_IN.iter().find(|(_, text)| *text == self).map_or("", |(word, _)| word)
    }
}

pub(crate) static PROMPT: Sentence = Sentence::new("prompt", 1000);
/// One of them beside the others, or all.
pub(crate) static STRATEGY: Choice<Option<Kind>> = Choice::new("strategy", KINDS);
pub(crate) static TEMPERATURE: Real = Real::new("temperature", 0.0, 100.0).default(0.7).logarithmic();
pub(crate) static K: Whole = Whole::new("k", 0, 1_000_000).default(10);
pub(crate) static P: Real = Real::new("p", 0.0, 1.0).default(0.9);
pub(crate) static MIN_P: Real = Real::new("min-p", 0.0, 1.0).default(0.05).logarithmic();
pub(crate) static BEAMS: Whole = Whole::new("beams", 1, 100).default(4);
pub(crate) static LENGTH_PENALTY: Real = Real::new("length-penalty", -10.0, 10.0).default(1.0);
pub(crate) static TOKENS: Whole = Whole::new("tokens", 8, 1000).default(200);
pub(crate) static CORPUS: PathTo = PathTo::file("corpus");
pub(crate) static TEXT: Choice<BuiltIn> = Choice::new("text", BUILT_IN);
pub(crate) static ORDER: Whole = Whole::new("order", 1, 8).default(6);
pub(crate) static STEP: Whole = Whole::new("step", 1, 1000);
pub(crate) static LOGITS: PathTo = PathTo::file("logits");
pub(crate) static ROW: Maybe<Whole> = Whole::new("row", 1, 1_000_000).optional();
pub(crate) static COMPARE: Switch = Switch::new("compare");
/// Of the comparison: who writes.
pub(crate) static MODEL: Sentence = Sentence::new("model", 4000).default("ngram:chars");
pub(crate) static STRATEGIES: Sentence = Sentence::new("strategies", 400).narrow();
/// Texts of each setting.
pub(crate) static TEXTS: Whole = Whole::new("texts", 1, 10_000).default(40);
pub(crate) static WIDE: Switch = Switch::new("wide");
pub(crate) static BUDGET: Sentence = Sentence::new("budget", 20).narrow();
/// Prompts of a person's own, one a line.
pub(crate) static PROMPTS: PathTo = PathTo::file("prompts");
pub(crate) static JUDGE: PathTo = PathTo::file("judge");
pub(crate) static EXPORT: PathTo = PathTo::file("export").written();

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[
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
    &ROW,
    &COMPARE,
    &MODEL,
    &STRATEGIES,
    &TEXTS,
    &WIDE,
    &BUDGET,
    &PROMPTS,
    &JUDGE,
    &EXPORT,
];
