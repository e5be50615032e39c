//! Latent attention beside other layouts of the same model.

use concepts::budget::{
    BudgetError, Latent, ModelConfig, TableFault, cache_bytes, cache_elements_per_token, decode_flops, find,
    gib,
};

use super::layouts::with_heads;
use super::sizes::cached;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn latent(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    let deepseek = &find("deepseek-v3")?.config;
    f.number("mla_heads", deepseek.heads as f64);
    let elements = |model: &ModelConfig| cache_elements_per_token(model) as f64;
    let full = with_heads(deepseek, deepseek.heads);
    f.number("mla_smaller", elements(&full) / elements(deepseek));
    f.words("mla_cached", Text::same(deepseek.latent.map_or(String::new(), |latent| cached(latent, None))));
    let intensity = |model: &ModelConfig| -> Result<f64, BudgetError> {
        let bytes = cache_bytes(model, setup.dtype, setup.context, 1)?;
        Ok(decode_flops(model, setup.context)?.attention as f64 / bytes as f64)
    };
    let (mla, on, dtype) = (intensity(deepseek)?, setup.accelerator, setup.dtype_name);
    let against = match on.ridge() {
        Some(ridge) => WORDS.with("mla_against", &named![mla, dtype, name = on.name, ridge]),
        None => WORDS.with("mla_against.unknown", &named![mla, dtype, name = on.name]),
    };
    f.words("mla_against", against);
    let price = match on.ridge() {
        Some(ridge) if mla < ridge => "mla_price",
        Some(_) => "mla_price.busy",
        None => "mla_price.unknown",
    };
    f.words("mla_price", WORDS.with(price, &named![name = on.name]));
    f.table("mla", layouts(setup, deepseek)?);
    Ok(())
}

fn layouts(setup: &Setup, deepseek: &ModelConfig) -> Result<Table, BudgetError> {
    let Some(wide) = deepseek.latent else {
        return Err(BudgetError::Table { reason: TableFault::LacksField { id: "deepseek-v3".into() } });
    };
    let with = |kv_heads| with_heads(deepseek, kv_heads);
    let layouts =
        [("MLA", deepseek.clone()), ("GQA-8", with(8)), ("MQA", with(1)), ("MHA", with(deepseek.heads))];
    let rows: Result<Vec<_>, _> =
        layouts.into_iter().map(|(name, model)| row(setup, name, &model, wide)).collect();
    Ok(Grid::new("mla", &WORDS).value("context", setup.context).rows(rows?).table())
}

fn row(setup: &Setup, name: &str, model: &ModelConfig, wide: Latent) -> Result<Vec<Cell>, BudgetError> {
    let elements = cache_elements_per_token(model) / model.layers;
    let bytes = cache_bytes(model, setup.dtype, setup.context, 1)?;
    let how = match model.latent {
        Some(latent) => cached(latent, None),
        None => format!("{} × ({} + {})", model.kv_heads, wide.nope + wide.rope, wide.value),
    };
    let intensity = decode_flops(model, setup.context)?.attention as f64 / bytes as f64;
    Ok(row![name, how, elements, gib(bytes), intensity])
}
