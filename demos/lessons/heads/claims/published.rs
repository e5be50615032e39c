//! C15, C16, C18, C20: what is published about real models.

use concepts::budget::{BudgetError, Dtype, ModelConfig, cache_bytes};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::heads::experiments::published::{group, groups, members, of, share};

/// C15: models with MQA
pub(super) fn mqa_models(c: &mut Case) -> Checked {
    let kv_heads = |name| of(name).map(|model| model.kv_heads as f64);
    let (palm, large) = (kv_heads("palm-540b")?, kv_heads("falcon-40b")?);
    c.value("large", large);
    c.as_written(|t| {
        t.exactly("as-written", large, 1.0);
    });
    c.corrected(Degree::Qualified, kv_heads("falcon-7b")?, |t, small| {
        t.exactly("palm", palm, 1.0);
        t.exactly("falcon-7b", small, 1.0);
        t.exactly("falcon-40b", large, 8.0);
    })
    .control("larger", large);
    Ok(())
}

/// C16: models with GQA
pub(super) fn gqa_models(c: &mut Case) -> Checked {
    let of_group = |name| of(name).map(group);
    let [llama_7b, llama_13b, llama_70b, mistral] = [
        of_group("llama-2-7b")?,
        of_group("llama-2-13b")?,
        of_group("llama-2-70b")?,
        of_group("mistral-7b")?,
    ];
    c.as_written(|t| {
        t.at_least("as-written", llama_7b, 2.0);
    });
    c.corrected(Degree::Qualified, llama_70b, |t, large| {
        t.exactly("llama-70b", large, 8.0);
        t.exactly("mistral", mistral, 4.0);
        t.exactly("llama-7b", llama_7b, 1.0);
        t.exactly("llama-13b", llama_13b, 1.0);
    })
    .control("smaller", llama_7b);
    Ok(())
}

/// Is this a model with grouped queries?
fn is_grouped(model: &ModelConfig) -> bool {
    model.latent.is_none() && model.kv_heads > 1 && model.kv_heads < model.heads
}

/// C18: usual group sizes
pub(super) fn group_sizes(c: &mut Case) -> Checked {
    let four_or_eight = |model: &ModelConfig| matches!(model.heads / model.kv_heads, 4 | 8);
    let all = members(is_grouped);
    let of_group = |name| of(name).map(group);
    c.value("qwen-7b", of_group("qwen2.5-7b")?).value("qwen-14b", of_group("qwen2.5-14b")?);
    c.value("gemma", of_group("gemma-2-9b")?);
    c.as_written(|t| {
        t.at_least("as-written", share(&all, four_or_eight), 0.9);
    });
    let llama = |model: &ModelConfig| model.name.contains("LLaMA") && model.layers <= 80;
    let llama = members(|model| is_grouped(model) && llama(model));
    c.corrected(Degree::Qualified, &all, |t, models| {
        let (smallest, largest) = groups(models);
        t.at_most("share", share(models, four_or_eight), 0.9);
        t.at_least("eight-heads", share(models, |model| model.kv_heads == 8), 0.4);
        t.exactly("smallest", smallest, 2.0);
        t.exactly("largest", largest, 16.0);
    })
    .control("llama", &llama);
    Ok(())
}

/// Bytes cached per token and sequence by a model with other numbers of heads.
fn bytes(model: &ModelConfig, heads: u64, kv_heads: u64) -> Result<f64, BudgetError> {
    let model = ModelConfig { heads, kv_heads, ..model.clone() };
    cache_bytes(&model, Dtype::Bf16, 1, 1).map(|bytes| bytes as f64)
}

/// C20: the heads of LLaMA-2 70B
pub(super) fn llama_2_70b(c: &mut Case) -> Checked {
    let llama = of("llama-2-70b")?;
    let (d_h, d_model) = (llama.head_dim as f64, llama.d_model as f64);
    // Query heads, and the cache with and without sharing.
    let world = |heads: u64, kv_heads: u64| {
        Ok::<_, BudgetError>((heads as f64, bytes(llama, heads, heads)?, bytes(llama, heads, kv_heads)?))
    };
    c.value("d_h", d_h).value("d_model", d_model).value("width", 8.0 * d_h);
    c.as_written(|t| {
        t.exactly("as-written", 8.0 * d_h / d_model, 1.0);
    });
    c.corrected(Degree::Wrong, world(llama.heads, llama.kv_heads)?, |t, (heads, mha, gqa)| {
        t.exactly("width", heads * d_h / d_model, 1.0);
        t.exactly("smaller", mha / gqa, 8.0);
        t.exactly("bytes", gqa, 327_680.0);
    })
    .control("two-groups", world(8, 2)?);
    Ok(())
}
