use super::ScalingError;

/// A published dense model, with what it was trained on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainedModel {
    /// Its name in commands, the same as in [`crate::budget::published`] where it is there.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Parameters, as published (rounded).
    pub n: f64,
    /// Tokens seen in pre-training, as published (rounded).
    pub d: f64,
    /// Is `d` an upper bound for a whole series, because the count of this model is not published?
    pub at_most: bool,
    /// Tokens of one training sequence.
    pub context: u64,
    /// Where parameters and tokens are published.
    pub source: &'static str,
}

/// One row.
const fn row(
    id: &'static str,
    title: &'static str,
    [n, d]: [f64; 2],
    context: u64,
    source: &'static str,
) -> TrainedModel {
    TrainedModel { id, title, n, d, at_most: false, context, source }
}

/// By year. Only dense models: in a mixture of experts `N` is not one number. LaMDA is left out: the tokens that others
/// quote for it are far from the operations that its own paper reports.
static MODELS: [TrainedModel; 25] = [
    row("gpt-3-175b", "GPT-3", [175e9, 300e9], 2048, "Brown et al. 2020, table 2.1"),
    row("jurassic-1", "Jurassic-1", [178e9, 300e9], 2048, "Hoffmann et al. 2022, table 1"),
    row("gopher", "Gopher", [280e9, 300e9], 2048, "Hoffmann et al. 2022, table 1"),
    row("mt-nlg-530b", "MT-NLG", [530e9, 270e9], 2048, "Hoffmann et al. 2022, table 1"),
    row("chinchilla", "Chinchilla", [70e9, 1.4e12], 2048, "Hoffmann et al. 2022, table 1"),
    row("palm-540b", "PaLM", [540e9, 780e9], 2048, "Chowdhery et al. 2022, section 4"),
    // Its corpus has 180B tokens, and it saw 300B: more than one pass.
    row(
        "opt-175b",
        "OPT-175B",
        [175e9, 300e9],
        2048,
        "Zhang et al. 2022; metaseq, OPT chronicles, final update",
    ),
    row("bloom", "BLOOM", [176e9, 366e9], 2048, "Le Scao et al. 2022, table 3"),
    row("pythia-12b", "Pythia-12B", [12e9, 300e9], 2048, "Biderman et al. 2023, section 2"),
    row("llama-1-7b", "LLaMA-1 7B", [6.7e9, 1.0e12], 2048, "Touvron et al. 2023a, table 2"),
    row("llama-1-13b", "LLaMA-1 13B", [13.0e9, 1.0e12], 2048, "Touvron et al. 2023a, table 2"),
    row("llama-1-33b", "LLaMA-1 33B", [32.5e9, 1.4e12], 2048, "Touvron et al. 2023a, table 2"),
    row("llama-1-65b", "LLaMA-1 65B", [65.2e9, 1.4e12], 2048, "Touvron et al. 2023a, table 2"),
    row("llama-2-7b", "LLaMA-2 7B", [7e9, 2.0e12], 4096, "Touvron et al. 2023b, table 1"),
    row("llama-2-13b", "LLaMA-2 13B", [13e9, 2.0e12], 4096, "Touvron et al. 2023b, table 1"),
    row("llama-2-70b", "LLaMA-2 70B", [70e9, 2.0e12], 4096, "Touvron et al. 2023b, table 1"),
    row("falcon-40b", "Falcon-40B", [40e9, 1.0e12], 2048, "Almazrouei et al. 2023, table 1"),
    row("falcon-180b", "Falcon-180B", [180e9, 3.5e12], 2048, "Almazrouei et al. 2023, table 1"),
    row("phi-2", "Phi-2", [2.7e9, 1.4e12], 2048, "Microsoft 2023, model card"),
    row("llama-3-8b", "LLaMA-3 8B", [8e9, 15e12], 8192, "Meta 2024, model card"),
    row("llama-3-70b", "LLaMA-3 70B", [70e9, 15e12], 8192, "Meta 2024, model card"),
    row(
        "llama-3.1-405b",
        "LLaMA-3.1 405B",
        [405e9, 15.6e12],
        8192,
        "Dubey et al. 2024, table 3 and section 3",
    ),
    row("gemma-2-9b", "Gemma-2 9B", [9e9, 8e12], 8192, "Gemma Team 2024, section 3"),
    row("gemma-2-27b", "Gemma-2 27B", [27e9, 13e12], 8192, "Gemma Team 2024, section 3"),
    TrainedModel {
        at_most: true,
        ..row("qwen2.5-7b", "Qwen2.5-7B", [7.6e9, 18e12], 4096, "Qwen Team 2024, section 3")
    },
];

/// Published models with parameters and tokens.
///
/// # Examples
/// ```
/// let models = concepts::scaling::trained_models();
/// assert!(models.iter().all(|model| model.n > 0.0 && model.d > 0.0));
/// ```
pub fn trained_models() -> &'static [TrainedModel] {
    &MODELS
}

/// The model of a name. Capitals, blanks and punctuation do not matter.
///
/// # Errors
/// [`ScalingError::UnknownModel`] with the nearest names.
///
/// # Examples
/// ```
/// use concepts::scaling::find_trained;
/// assert_eq!(find_trained("LLaMA 2 7B")?.d, 2e12);
/// assert!(find_trained("llama-2").unwrap_err().to_string().contains("llama-2-7b"));
/// # Ok::<(), concepts::scaling::ScalingError>(())
/// ```
pub fn find_trained(name: &str) -> Result<&'static TrainedModel, ScalingError> {
    let wanted = plain(name);
    let same = |model: &&TrainedModel| plain(model.id) == wanted || plain(model.title) == wanted;
    if let Some(model) = MODELS.iter().find(same) {
        return Ok(model);
    }
    let mut near: Vec<&TrainedModel> = MODELS.iter().collect();
    near.sort_by_key(|model| std::cmp::Reverse(likeness(&plain(model.id), &wanted)));
    let nearest = near.iter().take(3).map(|model| model.id.to_owned()).collect();
    Err(ScalingError::UnknownModel { name: name.chars().take(40).collect(), nearest })
}

/// Letters and digits of a name, small.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many characters two names begin with alike, and then how many pairs of neighbours they share.
fn likeness(known: &str, wanted: &str) -> (usize, usize) {
    let begins = known.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let letters: Vec<char> = wanted.chars().collect();
    let shared = letters.windows(2).filter(|pair| known.contains(&pair.iter().collect::<String>())).count();
    (begins, shared)
}
