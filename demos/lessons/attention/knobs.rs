//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

/// The sentence when none is given. One of its words comes twice, which shows what attention cannot
/// tell apart without positions.
pub(super) const SENTENCE: &str = "the cat sat on the mat";

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "text",
        help: text("your own sentence, in any language", "换成自己的句子，语言不限"),
        kind: Kind::Text { default: "", max_chars: 4000 },
    },
    Knob {
        name: "seq",
        help: text("number of tokens; without it the sentence decides", "token 个数；省略时由句子决定"),
        kind: Kind::Integer { default: None, min: 1, max: 4096 },
    },
    Knob {
        name: "d-model",
        help: text("width of the model, by default 8", "模型宽度，默认 8"),
        kind: Kind::Integer { default: None, min: 1, max: 4096 },
    },
    Knob {
        name: "heads",
        help: text("number of heads, by default 2", "头数，默认 2"),
        kind: Kind::Integer { default: None, min: 1, max: 256 },
    },
    Knob {
        name: "causal",
        help: text("hide the future from every token", "加因果 mask，每个 token 都看不到后面的 token"),
        kind: Kind::Switch,
    },
    Knob {
        name: "pad",
        help: text("how many of the last keys are padding", "末尾有多少个 key 是 padding"),
        kind: Kind::Integer { default: Some(0), min: 0, max: 4096 },
    },
    Knob {
        name: "cross",
        help: text(
            "cross-attention to a second sequence of this many tokens",
            "改做交叉注意力，N 为第二个序列的 token 个数",
        ),
        kind: Kind::Integer { default: None, min: 1, max: 4096 },
    },
    Knob {
        name: "example",
        help: text(
            "weights set by hand, whose pattern can be read off the heat map",
            "使用手工设定的权重，规律在热力图上一眼可见",
        ),
        kind: Kind::Switch,
    },
];
