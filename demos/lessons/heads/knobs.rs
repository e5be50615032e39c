//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "model",
        help: text("a published model, for example mistral-7b", "公开模型，例如 mistral-7b"),
        kind: Kind::Text { default: "llama-2-70b", max_chars: 60 },
    },
    Knob {
        name: "config",
        help: text("your own Hugging Face config.json in its place", "改用自己的 Hugging Face config.json"),
        kind: Kind::File,
    },
    Knob {
        name: "compare",
        help: text("models to compare, separated by commas", "要对比的模型，用逗号分隔"),
        kind: Kind::Text {
            default: "gpt-3-175b,llama-2-7b,llama-2-70b,mistral-7b,falcon-7b,falcon-40b,qwen2.5-7b,deepseek-v3",
            max_chars: 1000,
        },
    },
    Knob {
        name: "context",
        help: text("tokens in the cache", "KV cache 里的 token 数"),
        kind: Kind::Integer { default: Some(4096), min: 1, max: 1_000_000_000 },
    },
    Knob {
        name: "batch",
        help: text("sequences at once", "同时处理的序列数"),
        kind: Kind::Integer { default: Some(1), min: 1, max: 1_000_000 },
    },
    Knob {
        name: "dtype",
        help: text("how a cached number is stored", "KV cache 里每个数的存储格式"),
        kind: Kind::Choice { default: "bf16", options: &["fp32", "bf16", "fp16", "fp8", "int4"] },
    },
    Knob {
        name: "accelerator",
        help: text("what it runs on, for example a100 or rtx-4090", "用哪种卡，例如 a100、rtx-4090"),
        kind: Kind::Text { default: "H100 SXM", max_chars: 60 },
    },
    Knob {
        name: "memory",
        help: text(
            "memory of one device, with its unit: 80GiB (without it: that of the accelerator)",
            "单卡显存，带单位，例如 80GiB；默认取该卡的显存",
        ),
        kind: Kind::Text { default: "", max_chars: 20 },
    },
    Knob {
        name: "devices",
        help: text("devices that training is split over", "训练时切分到多少张卡"),
        kind: Kind::Integer { default: Some(8), min: 1, max: 1_000_000 },
    },
];
