//! Activations that are kept for the backward pass, and what computing them again costs.

use concepts::budget::{BudgetError, Recompute, activation_bytes_per_layer, gib, prefill_flops};

use super::writes;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn activations(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.formula(
        "f_activations",
        r"n\,b\,d\,\left(34 + 5\,\frac{H n}{d}\right) \;\to\; 34\,n\,b\,d \;\to\; 2\,n\,b\,d",
        "n·b·d·(34 + 5·H·n/d)  →  34·n·b·d  →  2·n·b·d",
    );
    f.table("activations", kept(setup)?);
    Ok(())
}

fn kept(setup: &Setup) -> Result<Table, BudgetError> {
    let layers = setup.model.layers.saturating_add(setup.model.encoder_layers);
    // Without attention there are no tables to keep.
    let heads = if setup.model.attention_layers() == 0 { 0 } else { setup.model.heads };
    let kinds = [
        ("nothing", Recompute::Nothing, more(0.0)),
        ("core", Recompute::Attention, core(setup)?),
        ("layers", Recompute::Layer, more(1.0)),
    ];
    let mut grid = Grid::new("activations", &WORDS)
        .value("batch", setup.batch)
        .value("n", setup.context)
        .value("heads", heads)
        .value("width", setup.model.d_model)
        .value("layers", layers);
    for (id, recompute, more) in kinds {
        let model = &setup.model;
        let layer =
            activation_bytes_per_layer(setup.context, setup.batch, model.d_model, heads, recompute).ok();
        let all = layer.and_then(|bytes| bytes.checked_mul(layers));
        grid = grid.said(id, row![size(layer), size(all), more]);
    }
    let table = grid.table();
    let values = named![batch = setup.batch, n = setup.context, heads, width = setup.model.d_model];
    Ok(match uncounted(setup) {
        Some(why) => Table { caption: WORDS.with(why, &values), ..table },
        None => table,
    })
}

/// Why the table does not have the arithmetic of the core of attention, if it does not.
fn uncounted(setup: &Setup) -> Option<&'static str> {
    match setup.model.attention_layers() {
        0 => Some("activations.no-attention"),
        _ if !writes(setup) => Some("activations.silent"),
        _ => None,
    }
}

fn size(bytes: Option<u64>) -> Cell {
    bytes.map_or("> 2⁶⁴".into(), |bytes| Cell::Number(gib(bytes)))
}

/// A share of one more forward pass, of all: backward is twice forward.
fn more(again: f64) -> String {
    format!("{:.1}%", 100.0 * again / 3.0)
}

/// What the core of attention costs to compute again.
fn core(setup: &Setup) -> Result<String, BudgetError> {
    if uncounted(setup).is_some() {
        return Ok("–".into());
    }
    let flops = prefill_flops(&setup.model, setup.context)?;
    Ok(more(flops.attention as f64 / flops.total() as f64))
}
