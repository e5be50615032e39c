//! Defaults that are published, each with its source.

use crate::kit::findings::{Cell, Table};
use crate::kit::text::{Text, text};

/// What decoding starts from if nobody sets anything.
pub(super) struct Defaults {
    /// Of what, in English.
    pub name: &'static str,
    /// The same in Chinese.
    name_zh: &'static str,
    pub top_p: f64,
    pub temperature: f64,
    /// Does it sample at all?
    pub samples: bool,
    /// Where it is published.
    source: Text,
}

impl Defaults {
    /// How many of temperature and top-p are published.
    pub(super) fn settings_published(&self) -> f64 {
        [self.temperature, self.top_p].iter().filter(|value| value.is_finite()).count() as f64
    }
}

/// `ChatGPT` is not among them: nothing is published about the product.
pub(super) static PUBLISHED: &[Defaults] = &[
    Defaults {
        name: "OpenAI API",
        name_zh: "OpenAI API",
        top_p: 1.0,
        temperature: 1.0,
        samples: true,
        source: text("API reference, chat completions", "API 文档，chat completions"),
    },
    Defaults {
        name: "transformers",
        name_zh: "transformers",
        top_p: 1.0,
        temperature: 1.0,
        samples: false,
        source: text("GenerationConfig (top_k 50 once it samples)", "GenerationConfig（采样时 top_k = 50）"),
    },
    Defaults {
        name: "LLaMA-2-chat, at release",
        name_zh: "LLaMA-2-chat，发布时",
        top_p: 0.6,
        temperature: 0.9,
        samples: true,
        source: text("generation_config.json", "generation_config.json"),
    },
    Defaults {
        name: "LLaMA-2-chat, later",
        name_zh: "LLaMA-2-chat，后来",
        top_p: 0.9,
        temperature: 0.6,
        samples: true,
        source: text("generation_config.json", "generation_config.json"),
    },
];

/// The published defaults of a name.
pub(super) fn of(name: &str) -> Option<&'static Defaults> {
    PUBLISHED.iter().find(|default| default.name == name)
}

/// All of them, as a table.
pub(super) fn table() -> Table {
    let row = |default: &Defaults| {
        vec![
            Cell::Words(text(default.name, default.name_zh)),
            Cell::Words(if default.samples {
                text("yes", "是")
            } else {
                text("no, greedy", "否，贪心")
            }),
            Cell::Number(default.temperature),
            Cell::Number(default.top_p),
            Cell::Words(default.source.clone()),
        ]
    };
    Table {
        caption: text("Published defaults", "公开的默认配置"),
        head: vec![
            text("of", "来源"),
            text("samples", "采样"),
            text("temperature", "温度"),
            Text::same("top-p"),
            text("published in", "出处"),
        ],
        rows: PUBLISHED.iter().map(row).collect(),
    }
}
