//! What a person can change.

use crate::kit::knob::{Knob, Maybe, PathTo, Sentence, Whole};

/// The text whose tokens the model is to predict.
pub static TEXT: Sentence = Sentence::new("text", 100_000);
/// The same in a file.
pub static TEXT_FILE: PathTo = PathTo::file("text-file");
/// How much of it is looked at, in tokens.
pub static TOKENS: Whole = Whole::new("tokens", 2, 10_000_000).default(2048);
/// In pieces of so many.
pub static WINDOW: Whole = Whole::new("window", 2, 65_536).default(128);
/// What it is to continue.
pub static PROMPT: Sentence = Sentence::new("prompt", 10_000).default("The main reason that bread rises is");
/// The length at which memory is counted; by default the longest that the model is meant for.
pub static CONTEXT: Maybe<Whole> = Whole::new("context", 1, 1 << 30).optional();

/// All of them, in the order of the help.
pub static KNOBS: &[&dyn Knob] = &[&PROMPT, &TEXT, &TEXT_FILE, &TOKENS, &WINDOW, &CONTEXT];
