//! Tables of papers.

/// One row of Table 1 of Shazeer 2020: held-out log-perplexity of T5-base after 65,536 and 524,288 steps, and the
/// standard deviation of the first over repeated runs.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub name: &'static str,
    pub gated: bool,
    pub early: f64,
    pub noise: f64,
    pub late: f64,
}

const fn row(name: &'static str, gated: bool, early: f64, noise: f64, late: f64) -> Row {
    Row { name, gated, early, noise, late }
}

pub(crate) const SHAZEER: [Row; 8] = [
    row("ReLU", false, 1.997, 0.005, 1.677),
    row("GELU", false, 1.983, 0.005, 1.679),
    row("Swish", false, 1.994, 0.003, 1.683),
    row("GLU", true, 1.982, 0.006, 1.663),
    row("Bilinear", true, 1.960, 0.005, 1.648),
    row("GEGLU", true, 1.942, 0.004, 1.633),
    row("SwiGLU", true, 1.944, 0.010, 1.636),
    row("ReGLU", true, 1.953, 0.003, 1.645),
];

pub(crate) const RELU: usize = 0;
pub(crate) const GELU: usize = 1;
pub(crate) const GLU: usize = 3;
pub(crate) const GEGLU: usize = 5;
pub(crate) const SWIGLU: usize = 6;

/// Activations that a paper compares with each other.
pub(crate) const COMPARED_BY_SHAZEER: usize = SHAZEER.len();
pub(crate) const COMPARED_BY_LLAMA: usize = 0;
pub(crate) const COMPARED_BY_PALM: usize = 0;

/// A model's widths, and whether its feed-forward layer has a gate.
pub(crate) const MODELS: [(&str, usize, usize, bool); 8] = [
    ("GPT-3 175B", 12_288, 49_152, false),
    ("T5 v1.1 base", 768, 2048, true),
    ("LLaMA 7B", 4096, 11_008, true),
    ("LLaMA 65B", 8192, 22_016, true),
    ("LLaMA 2 70B", 8192, 28_672, true),
    ("Mistral 7B", 4096, 14_336, true),
    ("Qwen2 7B", 3584, 18_944, true),
    ("Gemma 7B", 3072, 24_576, true),
];

/// Place of a row by what `of` says, the lowest first, counted from 1.
pub(crate) fn rank(table: &[Row], at: usize, of: fn(&Row) -> f64) -> usize {
    1 + table.iter().filter(|row| of(row) < of(&table[at])).count()
}
