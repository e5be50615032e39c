//! What a person can change.

use concepts::budget::Dtype;

use crate::kit::knob::{Choice, Knob, PathTo, Sentence, Whole};

/// Numbers that share a scale in `int8` and `int4`.
pub(crate) const GROUP: u64 = 64;

pub(crate) static MODEL: Sentence = Sentence::new("model", 4000).default("llama-2-70b");
pub(crate) static CONFIG: PathTo = PathTo::file("config");
pub(crate) static COMPARE: Sentence = Sentence::new("compare", 1000)
    .narrow()
    .default("gpt-3-175b,llama-2-7b,llama-2-70b,mistral-7b,falcon-7b,falcon-40b,qwen2.5-7b,deepseek-v3");
pub(crate) static CONTEXT: Whole = Whole::new("context", 1, 1_000_000_000).default(4096);
pub(crate) static BATCH: Whole = Whole::new("batch", 1, 1_000_000);
pub(crate) static DTYPE: Choice<Dtype> = Choice::new(
    "dtype",
    &[
        ("fp32", Dtype::F32),
        ("bf16", Dtype::Bf16),
        ("fp16", Dtype::F16),
        ("fp8", Dtype::Fp8),
        ("int8", Dtype::Int8 { group: GROUP }),
        ("q8_0", Dtype::Q8_0),
        ("int4", Dtype::Int4 { group: GROUP }),
        ("q4_0", Dtype::Q4_0),
    ],
)
.default("bf16");
pub(crate) static ACCELERATOR: Sentence = Sentence::new("accelerator", 60).narrow().default("H100 SXM");
pub(crate) static MEMORY: Sentence = Sentence::new("memory", 20).narrow();
pub(crate) static DEVICES: Whole = Whole::new("devices", 1, 1_000_000).default(8);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&MODEL, &CONFIG, &COMPARE, &CONTEXT, &BATCH, &DTYPE, &ACCELERATOR, &MEMORY, &DEVICES];
