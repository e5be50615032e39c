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

/// Lengths of the texts that models trained on the first of them were given to read.
pub(crate) const LENGTHS: [usize; 4] = [512, 1012, 2512, 15_512];

/// A language model read beyond the length that it was trained on.
pub(crate) struct Stretched {
    pub scheme: &'static str,
    /// Perplexity at each of the lengths; nothing where memory ran out.
    pub perplexity: [Option<f64>; 4],
}

/// Press et al. 2022, tables 2 and 3: WikiText-103, trained on 512 tokens.
pub(crate) static STRETCHED: [Stretched; 4] = [
    Stretched { scheme: "sinusoidal", perplexity: [Some(20.05), Some(43.54), Some(132.41), Some(406.01)] },
    Stretched { scheme: "rope", perplexity: [Some(20.07), Some(21.37), Some(31.58), Some(79.25)] },
    Stretched { scheme: "t5", perplexity: [Some(19.65), Some(18.79), Some(20.41), None] },
    Stretched { scheme: "alibi", perplexity: [Some(19.73), Some(18.73), Some(18.41), Some(18.31)] },
];

/// Perplexity at the shortest and at the longest text.
pub(crate) fn first_and_last(scheme: &str) -> Option<[f64; 2]> {
    let found = STRETCHED.iter().find(|stretched| stretched.scheme == scheme)?;
    let [first, .., last] = found.perplexity;
    Some([first?, last?])
}
