//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "head-dim",
        help: text("features of a head, an even number", "每个头的维数，偶数"),
        kind: Kind::Integer { default: Some(128), min: 2, max: 1024 },
    },
    Knob {
        name: "base",
        help: text("base of the frequencies", "频率的底数 base"),
        kind: Kind::Number { default: Some(10_000.0), min: 1.000_001, max: 1e9, logarithmic: true },
    },
    Knob {
        name: "layout",
        help: text("which features form a pair", "哪两维配成一对"),
        kind: Kind::Choice { default: "halves", options: &["interleaved", "halves"] },
    },
    Knob {
        name: "scaling",
        help: text("how the context is extended", "扩展上下文的方法"),
        kind: Kind::Choice {
            default: "none",
            options: &["none", "pi", "ntk", "dynamic-ntk", "yarn", "llama3"],
        },
    },
    Knob {
        name: "train-len",
        help: text("length of training", "训练长度"),
        kind: Kind::Integer { default: Some(2048), min: 2, max: 10_000_000 },
    },
    Knob {
        name: "len",
        help: text("length in use, at least that of training", "使用长度，不小于训练长度"),
        kind: Kind::Integer { default: Some(16_384), min: 2, max: 10_000_000 },
    },
    Knob {
        name: "m",
        help: text("place of the query", "query 的位置"),
        kind: Kind::Integer { default: Some(8), min: 0, max: 65_536 },
    },
    Knob {
        name: "n",
        help: text("place of the key", "key 的位置"),
        kind: Kind::Integer { default: Some(3), min: 0, max: 65_536 },
    },
];
