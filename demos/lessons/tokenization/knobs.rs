//! What a person can change.

use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::files::Published;

use super::learn::Algorithm;
use super::trained::BYTES;
use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Sentence, Switch, Whole};

pub(crate) static CORPUS: PathTo = PathTo::file("corpus");
pub(crate) static ALGORITHM: Choice<Algorithm> = Choice::new(
    "algorithm",
    &[("bpe", Algorithm::Bpe), ("wordpiece", Algorithm::WordPiece), ("unigram", Algorithm::Unigram)],
);
pub(crate) static BASE: Choice<Base> =
    Choice::new("base", &[("char", Base::Chars), ("byte", BYTES)]).default("byte");
/// Left alone where merges are asked for.
pub(crate) static VOCAB: Whole = Whole::new("vocab", 1, 1_000_000).default(2000);
pub(crate) static MERGES: Maybe<Whole> = Whole::new("merges", 0, 1_000_000).optional();
pub(crate) static TEXT: Sentence = Sentence::new("text", 10_000).default("lowest");
pub(crate) static TRACE: Switch = Switch::new("trace");
pub(crate) static COMPARE: Switch = Switch::new("compare");
pub(crate) static SAVE: PathTo = PathTo::file("save").written();
pub(crate) static LOAD: PathTo = PathTo::file("load");
/// Where the number of ranks does not say it.
pub(crate) static PATTERN: Choice<Option<Published>> = Choice::new(
    "pattern",
    &[
        ("file", None),
        ("r50k", Some(Published::R50k)),
        ("p50k", Some(Published::P50k)),
        ("cl100k", Some(Published::Cl100k)),
        ("o200k", Some(Published::O200k)),
        ("llama3", Some(Published::Llama3)),
        ("llama4", Some(Published::Llama4)),
        ("kimi", Some(Published::Kimi)),
        ("qwen", Some(Published::Qwen)),
        ("qwen3.5", Some(Published::Qwen35)),
        ("whisper", Some(Published::Whisper)),
    ],
);
pub(crate) static SPECIAL: Switch = Switch::new("special");
pub(crate) static IDS: PathTo = PathTo::file("ids");
pub(crate) static DECODE: Switch = Switch::new("decode");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[
    &CORPUS, &ALGORITHM, &BASE, &VOCAB, &MERGES, &TEXT, &TRACE, &COMPARE, &SAVE, &LOAD, &PATTERN, &SPECIAL,
    &IDS, &DECODE,
];
