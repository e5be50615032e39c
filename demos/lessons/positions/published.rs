//! What is published about the positions of well-known models.

/// How a model tells positions apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Positions {
    /// A learned table.
    Learned,
    /// RoPE.
    Rotary,
    /// Not published.
    Unknown,
}

/// A model with GPT in its name.
pub(crate) struct Named {
    pub name: &'static str,
    pub positions: Positions,
}

/// Radford 2018 and 2019, Brown 2020, Wang & Komatsuzaki 2021, Black 2022, OpenAI 2023.
pub(crate) static GPT_NAMED: [Named; 6] = [
    Named { name: "GPT-1", positions: Positions::Learned },
    Named { name: "GPT-2", positions: Positions::Learned },
    Named { name: "GPT-3", positions: Positions::Learned },
    Named { name: "GPT-J", positions: Positions::Rotary },
    Named { name: "GPT-NeoX", positions: Positions::Rotary },
    Named { name: "GPT-4", positions: Positions::Unknown },
];

/// A model with a learned table of positions.
pub(crate) struct Learned {
    pub name: &'static str,
    /// Number of positions.
    pub len: usize,
    /// Width of the model.
    pub width: usize,
    /// All its parameters, in millions.
    pub millions: f64,
}

/// Devlin 2019, Radford 2019, Brown 2020 (totals without the language-model head, which is tied).
pub(crate) static LEARNED: [Learned; 3] = [
    Learned { name: "BERT base", len: 512, width: 768, millions: 109.48 },
    Learned { name: "GPT-2 small", len: 1024, width: 768, millions: 124.44 },
    Learned { name: "GPT-3", len: 2048, width: 12_288, millions: 175_000.0 },
];

/// A language model with sinusoidal positions, read beyond the length that it was trained on.
pub(crate) struct Stretched {
    /// Tokens in training.
    pub trained: usize,
    /// Tokens of the longest text read.
    pub longest: usize,
    /// Perplexity at the length of training, rounded.
    pub before: usize,
    /// The perplexity of the longest text is above this.
    pub above: usize,
}

/// Press et al. 2022, Figure 1 and its tables: WikiText-103, trained on 512 tokens.
pub(crate) const SINUSOIDAL: Stretched = Stretched { trained: 512, longest: 15_512, before: 20, above: 400 };
