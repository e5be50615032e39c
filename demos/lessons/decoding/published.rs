//! Defaults that are published. Where each is published stands among the lesson's words.

/// Whose defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    OpenAi,
    Transformers,
    LlamaAtRelease,
    LlamaLater,
    Qwen25,
    Qwen3,
    DeepSeekR1,
    DeepSeekApi,
    /// The product: nothing is published about it.
    ChatGpt,
}

/// What decoding starts from if nobody sets anything.
#[derive(Debug)]
pub(crate) struct Defaults {
    pub whose: Whose,
    /// By which the words name it and its source.
    pub id: &'static str,
    pub top_p: f64,
    /// Off where there is none.
    pub top_k: Option<usize>,
    pub temperature: f64,
    /// Does it sample at all?
    pub samples: bool,
}

impl Defaults {
    const fn new(whose: Whose, id: &'static str, samples: bool, temperature: f64, top_p: f64) -> Defaults {
        Defaults { whose, id, top_p, top_k: None, temperature, samples }
    }

    const fn top_k(self, k: usize) -> Defaults {
        Defaults { top_k: Some(k), ..self }
    }

    /// How many of temperature and top-p are published.
    pub(crate) fn settings_published(&self) -> f64 {
        [self.temperature, self.top_p].iter().filter(|value| value.is_finite()).count() as f64
    }
}

/// `ChatGPT` is not among them.
pub(crate) static PUBLISHED: &[Defaults] = &[
    Defaults::new(Whose::OpenAi, "openai", true, 1.0, 1.0),
    Defaults::new(Whose::Transformers, "transformers", false, 1.0, 1.0).top_k(50),
    Defaults::new(Whose::LlamaAtRelease, "llama-at-release", true, 0.9, 0.6),
    Defaults::new(Whose::LlamaLater, "llama-later", true, 0.6, 0.9),
    Defaults::new(Whose::Qwen25, "qwen2.5", true, 0.7, 0.8).top_k(20),
    Defaults::new(Whose::Qwen3, "qwen3", true, 0.6, 0.95).top_k(20),
    Defaults::new(Whose::DeepSeekR1, "deepseek-r1", true, 0.6, 0.95),
    Defaults::new(Whose::DeepSeekApi, "deepseek-api", true, 1.0, 1.0),
];

/// The published defaults of one.
pub(crate) fn of(whose: Whose) -> Option<&'static Defaults> {
    PUBLISHED.iter().find(|defaults| defaults.whose == whose)
}
