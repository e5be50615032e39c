//! What a person can change.

use crate::kit::knob::{Choice, Knob, PathTo, Sentence, Whole};

pub(super) static MODEL: Sentence = Sentence::new("model", 60).default("llama-2-70b");
pub(super) static CONFIG: PathTo = PathTo::file("config");
pub(super) static COMPARE: Sentence = Sentence::new("compare", 1000)
    .default("gpt-3-175b,llama-2-7b,llama-2-70b,mistral-7b,falcon-7b,falcon-40b,qwen2.5-7b,deepseek-v3");
pub(super) static CONTEXT: Whole = Whole::new("context", 1, 1_000_000_000).default(4096);
pub(super) static BATCH: Whole = Whole::new("batch", 1, 1_000_000);
pub(super) static DTYPE: Choice<&str> = Choice::new(
    "dtype",
    &[("fp32", "fp32"), ("bf16", "bf16"), ("fp16", "fp16"), ("fp8", "fp8"), ("int4", "int4")],
)
.default("bf16");
pub(super) static ACCELERATOR: Sentence = Sentence::new("accelerator", 60).default("H100 SXM");
pub(super) static MEMORY: Sentence = Sentence::new("memory", 20);
pub(super) static DEVICES: Whole = Whole::new("devices", 1, 1_000_000).default(8);

/// All of them, in the order of the help.
pub(super) static KNOBS: &[&dyn Knob] =
    &[&MODEL, &CONFIG, &COMPARE, &CONTEXT, &BATCH, &DTYPE, &ACCELERATOR, &MEMORY, &DEVICES];
