//! The thresholds that were published.

/// How an ability is brought out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompting {
    /// With a few examples in the prompt.
    FewShot,
    /// With more than that: steps written out, explanations, fine-tuning.
    Augmented,
}

/// A row of a table of thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// What the model can do, as the paper calls it.
    pub ability: &'static str,
    /// Floating-point operations of the training.
    pub flops: f64,
    /// Parameters of the smallest model that can do it.
    pub parameters: f64,
    /// Family of models.
    pub model: &'static str,
    /// Where it was shown.
    pub paper: &'static str,
    /// How it is brought out.
    pub prompting: Prompting,
    /// Does the row itself say that the model was fine-tuned for it?
    pub fine_tuned: bool,
}

const fn row(
    prompting: Prompting,
    ability: &'static str,
    (flops, parameters): (f64, f64),
    model: &'static str,
    paper: &'static str,
) -> Threshold {
    Threshold { ability, flops, parameters, model, paper, prompting, fine_tuned: false }
}

const fn tuned(row: Threshold) -> Threshold {
    Threshold { fine_tuned: true, ..row }
}

use Prompting::{Augmented, FewShot};

/// The rows with a size of Wei et al. 2022, in the paper's order. The row "many BIG-Bench tasks" has none.
///
/// # Reference
/// Wei et al. 2022, *Emergent Abilities of Large Language Models*, TMLR 08/2022, Table 1.
pub static WEI_2022: [Threshold; 22] = [
    row(FewShot, "addition and subtraction, 3 digits", (2.3e22, 13e9), "GPT-3", "Brown et al. 2020"),
    row(FewShot, "addition and subtraction, 4-5 digits", (3.1e23, 175e9), "GPT-3", "Brown et al. 2020"),
    row(FewShot, "MMLU, mean of 57 topics", (3.1e23, 175e9), "GPT-3", "Hendrycks et al. 2021"),
    row(FewShot, "toxicity classification (CivilComments)", (1.3e22, 7.1e9), "Gopher", "Rae et al. 2021"),
    row(FewShot, "truthfulness (TruthfulQA)", (5.0e23, 280e9), "Gopher", "Rae et al. 2021"),
    row(FewShot, "MMLU, 26 topics", (5.0e23, 280e9), "Gopher", "Rae et al. 2021"),
    row(FewShot, "grounded conceptual mappings", (3.1e23, 175e9), "GPT-3", "Patel & Pavlick 2022"),
    row(FewShot, "MMLU, 30 topics", (5.0e23, 70e9), "Chinchilla", "Hoffmann et al. 2022"),
    row(FewShot, "word in context (WiC)", (2.5e24, 540e9), "PaLM", "Chowdhery et al. 2022"),
    tuned(row(Augmented, "instruction following", (1.3e23, 68e9), "FLAN", "Wei et al. 2022a")),
    tuned(row(Augmented, "scratchpad: 8-digit addition", (8.9e19, 40e6), "LaMDA", "Nye et al. 2021")),
    row(Augmented, "open-book fact checking", (1.3e22, 7.1e9), "Gopher", "Rae et al. 2021"),
    row(Augmented, "chain of thought: math word problems", (1.3e23, 68e9), "LaMDA", "Wei et al. 2022b"),
    row(Augmented, "chain of thought: StrategyQA", (2.9e23, 62e9), "PaLM", "Chowdhery et al. 2022"),
    row(Augmented, "differentiable search index", (3.3e22, 11e9), "T5", "Tay et al. 2022"),
    row(Augmented, "self-consistency decoding", (1.3e23, 68e9), "LaMDA", "Wang et al. 2022"),
    row(Augmented, "explanations in the prompt", (5.0e23, 280e9), "Gopher", "Lampinen et al. 2022"),
    row(Augmented, "least-to-most prompting", (3.1e23, 175e9), "GPT-3", "Zhou et al. 2022"),
    row(Augmented, "chain of thought: zero-shot", (3.1e23, 175e9), "GPT-3", "Kojima et al. 2022"),
    row(Augmented, "calibration by P(True)", (2.6e23, 52e9), "Anthropic", "Kadavath et al. 2022"),
    row(Augmented, "chain of thought: multilingual", (2.9e23, 62e9), "PaLM", "Shi et al. 2022"),
    row(Augmented, "ask-me-anything prompting", (1.4e22, 6e9), "EleutherAI", "Arora et al. 2022"),
];
