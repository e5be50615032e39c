//! Parameters of a layer, and the cache factor by factor.

use concepts::budget::{
    BudgetError, ModelConfig, cache_bytes, cache_elements_per_token, gb, gib, parameters,
};

use super::layouts::layouts;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::row;

pub(super) fn sizes(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.words("model", Text::same(setup.model.name.clone()));
    f.number("context", setup.context as f64);
    f.number("batch", setup.batch as f64);
    f.words("dtype", Text::same(setup.dtype_name));
    let bytes = cache_bytes(&setup.model, setup.dtype, setup.context, setup.batch)?;
    f.number("cache_gib", gib(bytes));
    f.number("cache_gb", gb(bytes));
    formulas(f);
    f.table("parameters", attention_parameters(&setup.model)?);
    f.table("cache_steps", cache_steps(setup)?);
    Ok(())
}

fn formulas(f: &mut Findings) {
    f.formula(
        "f_parameters",
        r"\text{MHA } 4\,d\,H d_h,\quad \text{GQA } 2\,d\,H d_h + 2\,d\,G d_h,\quad \text{MQA } 2\,d\,H d_h + 2\,d\,d_h",
        "MHA: 4·d·H·d_h    GQA: 2·d·H·d_h + 2·d·G·d_h    MQA: 2·d·H·d_h + 2·d·d_h",
    );
    f.formula(
        "f_cache",
        r"\text{bytes} = 2 \cdot L \cdot G \cdot d_h \cdot \text{bytes per number} \cdot n \cdot \text{batch}",
        "bytes = 2 · L · G · d_h · bytes per number · n · batch",
    );
}

fn attention_parameters(model: &ModelConfig) -> Result<Table, BudgetError> {
    let rows = layouts(model).into_iter().map(|(name, model)| {
        let (h, g, d_h, d) =
            (model.heads as f64, model.kv_heads as f64, model.head_dim as f64, model.d_model as f64);
        let (qkv, output) = (d * h * d_h + 2.0 * d * g * d_h, h * d_h * d);
        Ok(row![name, g, qkv, output, qkv + output, parameters(&model)?.total()])
    });
    let rows: Result<Vec<_>, BudgetError> = rows.collect();
    Ok(Grid::new("parameters", &WORDS).value("model", &model.name).rows(rows?).table())
}

/// The formula, factor by factor.
fn cache_steps(setup: &Setup) -> Result<Table, BudgetError> {
    let model = &setup.model;
    let elements = cache_elements_per_token(model);
    let token = setup.dtype.bytes(elements)?;
    let sequence = cache_bytes(model, setup.dtype, setup.context, 1)?;
    let batch = cache_bytes(model, setup.dtype, setup.context, setup.batch)?;
    let grid = Grid::new("cache_steps", &WORDS)
        .value("context", setup.context)
        .value("dtype", setup.dtype_name)
        .value("window", model.window.as_ref().map_or(0, |window| window.size));
    let factors = if elements == 0 { grid.word("no-cache") } else { Text::same(factors(model)) };
    let tokens = grid.word(if model.window.is_some() { "windowed" } else { "tokens" });
    let (format, batches) = (grid.word("format"), format!("× {}", setup.batch));
    Ok(grid
        .said("numbers", row![factors, elements, ""])
        .said("bytes", with_unit(format, token))
        .said("sequence", with_unit(tokens, sequence))
        .said("batch", with_unit(Text::same(batches), batch))
        .table())
}

/// The numbers of a token, as a product.
fn factors(model: &ModelConfig) -> String {
    match model.latent {
        Some(latent) => format!("{} × ({} + {})", model.layers, latent.kv_rank, latent.rope),
        None => format!("2 × {} × {} × {}", model.layers, model.kv_heads, model.head_dim),
    }
}

fn with_unit(how: Text, bytes: u64) -> Vec<Cell> {
    row![how, bytes, readable(bytes)]
}

/// Bytes in the unit that fits.
fn readable(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        1_048_576..1_073_741_824 => format!("{:.1} MiB", gib(bytes) * 1024.0),
        _ => format!("{:.3} GiB", gib(bytes)),
    }
}
