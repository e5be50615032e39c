//! Published numbers that do not add up, with the arithmetic.

use concepts::budget::{
    BudgetError, Dtype, ModelConfig, cache_bytes, cache_elements_per_token, find, gb, parameters,
};

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::{named, row};

pub(super) fn published_errors() -> Result<Table, BudgetError> {
    let vocabulary = |id| find(id).map(|model| model.config.vocab);
    let vocabularies = format!("{} {}", vocabulary("llama-3.1-8b")?, vocabulary("qwen3-8b")?);
    Ok(Grid::new("exercises", &WORDS)
        .said("gpt-3-13b", row!["5140", product(40, 128)])
        .said("gpt-3-xl", row!["2048", product(24, 128)])
        .said("gpt-2", row!["117M 345M 762M 1542M", gpt_2()?])
        .said("deepseek", row!["93.3%", saved()?])
        .said("gemma", row!["0.9 4.7 14.9 18.7", gemma_3()?])
        .said("vocabularies", row!["128000 151669", vocabularies])
        .table())
}

fn product(heads: u64, head_dim: u64) -> String {
    format!("{heads} × {head_dim} = {}", heads * head_dim)
}

/// The parameters of the four sizes.
fn gpt_2() -> Result<String, BudgetError> {
    let millions = |size: &str| {
        let model = find(&format!("gpt-2-{size}"))?;
        Ok(format!("{:.0}M", parameters(&model.config)?.total() as f64 / 1e6))
    };
    let sizes: Result<Vec<_>, BudgetError> =
        ["small", "medium", "large", "xl"].into_iter().map(millions).collect();
    Ok(sizes?.join(" "))
}

/// The cache that DeepSeek-V2 saves against the model with which its paper compares.
fn saved() -> Result<Text, BudgetError> {
    let v2 = cache_elements_per_token(&find("deepseek-v2")?.config);
    // DeepSeek 67B: 95 layers, 8 key/value heads of 128.
    let dense = 2 * 95 * 8 * 128_u64;
    let share = v2 as f64 / dense as f64;
    let saved = (1.0 - share) * 100.0;
    // 93.3 % less than 16 bits a number.
    let bits = 16.0 * (1.0 - 0.933) / share;
    Ok(WORDS.with("exercises.saved", &named![v2, dense, saved, bits]))
}

/// The caches of the four sizes with every layer looking at everything.
fn gemma_3() -> Result<String, BudgetError> {
    let size = |size: &str| {
        let model = find(&format!("gemma-3-{size}"))?;
        let whole = ModelConfig { window: None, ..model.config.clone() };
        Ok(format!("{:.1}", gb(cache_bytes(&whole, Dtype::Bf16, 32_768, 1)?)))
    };
    let sizes: Result<Vec<_>, BudgetError> = ["1b", "4b", "12b", "27b"].into_iter().map(size).collect();
    Ok(sizes?.join(" "))
}
