//! What is published about the positions of well-known models.

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
