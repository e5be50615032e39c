//! What a person can change.

use super::strategies::WORDS;
use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "prompt",
        help: text(
            "what the texts begin with; by default the start of the held-out text",
            "续写的开头，默认取留出文本的开头",
        ),
        kind: Kind::Text { default: "", max_chars: 1000 },
    },
    Knob {
        name: "strategy",
        help: text("one strategy beside greedy, or all", "只看一种策略（另以贪心作对照），或看全部"),
        kind: Kind::Choice { default: "all", options: WORDS },
    },
    Knob {
        name: "temperature",
        help: text("what logits are divided by; 0 is greedy", "采样温度，logits 先除以它；0 等同贪心"),
        kind: Kind::Number { default: Some(0.7), min: 0.0, max: 100.0, logarithmic: true },
    },
    Knob {
        name: "k",
        help: text("tokens that top-k keeps", "top-k 保留的 token 数"),
        kind: Kind::Integer { default: Some(10), min: 1, max: 1_000_000 },
    },
    Knob {
        name: "p",
        help: text("mass that top-p keeps at least", "top-p 的阈值：保留的累积概率至少是它"),
        kind: Kind::Number { default: Some(0.9), min: 0.0, max: 1.0, logarithmic: false },
    },
    Knob {
        name: "min-p",
        help: text(
            "share of the largest probability that min-p asks for",
            "min-p 的阈值：概率至少是最大概率的这个比例",
        ),
        kind: Kind::Number { default: Some(0.05), min: 0.0, max: 1.0, logarithmic: true },
    },
    Knob {
        name: "beams",
        help: text("prefixes that beam search keeps", "beam search 保留的前缀数"),
        kind: Kind::Integer { default: Some(4), min: 1, max: 100 },
    },
    Knob {
        name: "length-penalty",
        help: text("α: scores are divided by the length to this power", "长度惩罚 α：得分除以长度的 α 次方"),
        kind: Kind::Number { default: Some(1.0), min: 0.0, max: 5.0, logarithmic: false },
    },
    Knob {
        name: "tokens",
        help: text("length of each text, in characters", "每段续写的长度（字符数）"),
        kind: Kind::Integer { default: Some(200), min: 8, max: 1000 },
    },
    Knob {
        name: "corpus",
        help: text("train on your own text file, UTF-8", "改用自己的文本文件训练（UTF-8）"),
        kind: Kind::File,
    },
    Knob {
        name: "text",
        help: text("the built-in text to train on", "训练用的内置文本"),
        kind: Kind::Choice { default: "english", options: &["english", "chinese"] },
    },
    Knob {
        name: "order",
        help: text(
            "order of the n-gram model: it sees one character less than that",
            "n-gram 的阶数 n：模型只看前 n − 1 个字符",
        ),
        kind: Kind::Integer { default: Some(6), min: 1, max: 8 },
    },
    Knob {
        name: "step",
        help: text(
            "which token of a sampled continuation to put under the glass",
            "放大看采样续写的第几个 token",
        ),
        kind: Kind::Integer { default: Some(1), min: 1, max: 1000 },
    },
    Knob {
        name: "logits",
        help: text(
            "put your own logits under the glass: a JSON array, or one number a line",
            "放大看自己的 logits：JSON 数组，或每行一个数",
        ),
        kind: Kind::File,
    },
    Knob {
        name: "compare",
        help: text(
            "the whole comparison: more prompts, more seeds, longer texts",
            "完整对比：更多开头、更多种子、更长的文本",
        ),
        kind: Kind::Switch,
    },
];
