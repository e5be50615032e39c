//! What a person can change.

use crate::kit::knob::{Kind, Knob};
use crate::kit::text::text;

pub(super) static KNOBS: &[Knob] = &[
    Knob {
        name: "corpus",
        help: text("your own text to train on, in place of the built-in one", "改用自己的文本训练"),
        kind: Kind::File,
    },
    Knob {
        name: "algorithm",
        help: text("how the vocabulary is learned", "用哪种算法训练词表"),
        kind: Kind::Choice { default: "bpe", options: &["bpe", "wordpiece", "unigram"] },
    },
    Knob {
        name: "base",
        help: text("what BPE starts from", "BPE 的起点：字符还是字节"),
        kind: Kind::Choice { default: "byte", options: &["char", "byte"] },
    },
    Knob {
        name: "vocab",
        help: text(
            "tokens of the vocabulary; 2000 unless --merges says otherwise",
            "词表大小，未给 --merges 时为 2000",
        ),
        kind: Kind::Integer { default: None, min: 1, max: 1_000_000 },
    },
    Knob {
        name: "merges",
        help: text("merges, in place of --vocab", "合并次数（代替 --vocab）"),
        kind: Kind::Integer { default: None, min: 0, max: 1_000_000 },
    },
    Knob {
        name: "text",
        help: text("the text to cut", "要切分的文本"),
        kind: Kind::Text { default: "lowest", max_chars: 10_000 },
    },
    Knob {
        name: "trace",
        help: text(
            "show the counts before each of the first merges on the corpus",
            "显示前几次合并之前的计数表",
        ),
        kind: Kind::Switch,
    },
    Knob {
        name: "compare",
        help: text("train all three algorithms and compare them", "三种算法都训练一遍并对比"),
        kind: Kind::Switch,
    },
    Knob {
        name: "save",
        help: text("write the tokenizer to this tokenizer.json", "把 tokenizer 存为 tokenizer.json"),
        kind: Kind::File,
    },
    Knob {
        name: "load",
        help: text("use this tokenizer.json instead of training", "不训练，直接用这个 tokenizer.json"),
        kind: Kind::File,
    },
];
