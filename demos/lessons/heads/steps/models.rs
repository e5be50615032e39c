//! Real models.

use concepts::budget::{BudgetError, Published, cache_bytes, cache_elements_per_token, gib};

use super::layouts::{self, with_heads};
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

/// What the table of models writes where it has no source.
const UNSOURCED: &str = "none";

pub(super) fn models(setup: &Setup) -> Result<Table, BudgetError> {
    let rows: Result<Vec<_>, _> = setup.compared.iter().map(|published| row(setup, published)).collect();
    let grid = Grid::new("models", &WORDS).value("dtype", setup.dtype_name).value("context", setup.context);
    let table = grid.rows(rows?).table();
    if !setup.compared.iter().any(|published| published.config.cross_attention) {
        return Ok(table);
    }
    let values = named![dtype = setup.dtype_name, context = setup.context];
    Ok(Table { caption: WORDS.with("models.source", &values), ..table })
}

fn row(setup: &Setup, published: &Published) -> Result<Vec<Cell>, BudgetError> {
    let model = &published.config;
    let (layout, cached) = match model.latent {
        Some(latent) => ("MLA".into(), format!("{} + {}", latent.kv_rank, latent.rope)),
        None => {
            (layouts::name(model.kv_heads, model.heads), format!("{} × {}", model.kv_heads, model.head_dim))
        }
    };
    let token = setup.dtype.bytes(cache_elements_per_token(model))?;
    let size = |model| cache_bytes(model, setup.dtype, setup.context, 1).map(gib);
    let star = if published.unverified.is_empty() { "" } else { " *" };
    let source = if published.source == UNSOURCED { "–" } else { &published.source };
    Ok(row![
        model.name.clone(),
        layout,
        model.heads,
        cached,
        token as f64 / 1024.0,
        size(model)?,
        size(&with_heads(model, model.heads))?,
        format!("{source}{star}"),
    ])
}
