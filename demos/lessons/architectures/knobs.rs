//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "seq",
        help: text("number of tokens", "token 数"),
        kind: Kind::Integer { default: Some(8), min: 2, max: 32 },
    },
    Knob {
        name: "prefix",
        help: text(
            "tokens of the prefix that a prefix LM reads both ways",
            "prefix LM 的前缀长度（双向可见的 token 数）",
        ),
        kind: Kind::Integer { default: Some(3), min: 1, max: 31 },
    },
    Knob {
        name: "source",
        help: text(
            "tokens that go to the encoder of an encoder–decoder",
            "encoder-decoder 中送入编码器的 token 数",
        ),
        kind: Kind::Integer { default: Some(4), min: 1, max: 31 },
    },
    Knob {
        name: "layers",
        help: text("layers of each stack", "每个栈的层数"),
        kind: Kind::Integer { default: Some(3), min: 1, max: 12 },
    },
    Knob {
        name: "d-model",
        help: text("width of the model", "模型宽度"),
        kind: Kind::Integer { default: Some(16), min: 2, max: 128 },
    },
];
