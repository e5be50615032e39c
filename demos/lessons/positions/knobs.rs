//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "text",
        help: text("your own sentence, which will be turned round", "换成自己的句子，会倒过来做比较"),
        kind: Kind::Text { default: "dog bites man", max_chars: 200 },
    },
    Knob {
        name: "scheme",
        help: text("the scheme held against having none", "拿来与“没有位置编码”对比的方案"),
        kind: Kind::Choice {
            default: "sinusoidal",
            options: &["none", "sinusoidal", "learned", "alibi", "t5", "rope"],
        },
    },
    Knob {
        name: "seq",
        help: text("places in the tables and pictures", "表和图里的位置个数"),
        kind: Kind::Integer { default: Some(64), min: 2, max: 4096 },
    },
    Knob {
        name: "d-model",
        help: text("width of the model, a multiple of 4", "模型宽度，4 的倍数"),
        kind: Kind::Integer { default: Some(32), min: 2, max: 4096 },
    },
    Knob {
        name: "base",
        help: text("base of the wavelengths", "波长的底数 base"),
        kind: Kind::Number { default: Some(10_000.0), min: 1.000_001, max: 1e9, logarithmic: true },
    },
];
