//! What fits into a memory, for writing.

use concepts::budget::{
    BudgetError, Dtype, Kind, free_memory, gib, largest_batch, largest_context, weight_bytes,
};

use super::accelerators;
use super::beside::beside_memory;
use super::sizes::in_gib;
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::knobs::GROUP;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

/// Formats of the weights.
const FORMATS: [(&str, Dtype); 3] =
    [("bf16", Dtype::Bf16), ("fp8", Dtype::Fp8), ("int4", Dtype::Int4 { group: GROUP })];

pub(super) fn fits(setup: &Setup) -> Result<Table, BudgetError> {
    let needed = FORMATS.map(|(_, weights)| weight_bytes(&setup.model, weights));
    let needed: Vec<u64> = needed.into_iter().collect::<Result<_, _>>()?;
    let (needed, size) = beside_memory(&needed, setup);
    let grid = Grid::new("fits", &WORDS)
        .value("model", setup.title.clone())
        .value("memory", memory(setup, size))
        .value("dtype", setup.dtype_name)
        .value("context", setup.context)
        .value("batch", setup.batch);
    let grid = match unlimited(setup) {
        true => grid.value("longest", WORDS.get("fits.any")),
        false => grid.value("longest", setup.model.context),
    };
    let rows = FORMATS.into_iter().zip(needed).map(|((name, weights), needed)| {
        let left = match free_memory(&setup.model, weights, setup.memory) {
            Ok(free) => left(setup, &grid, free)?,
            Err(BudgetError::WeightsDoNotFit { .. }) => row!["–", "–", "–"],
            Err(error) => return Err(error),
        };
        Ok(row![name, needed].into_iter().chain(left).collect())
    });
    let rows: Result<Vec<_>, _> = rows.collect();
    Ok(grid.rows(rows?).table())
}

/// What can be done with the memory that the weights leave.
fn left(setup: &Setup, grid: &Grid, free: u64) -> Result<Vec<Cell>, BudgetError> {
    let (model, cache) = (&setup.model, setup.dtype);
    if model.kind == Kind::Encoder {
        return Ok(row![gib(free), grid.word("no-cache"), grid.word("no-cache")]);
    }
    let batch = match setup.context > model.context {
        true => grid.word("too-long").into(),
        false => Cell::from(largest_batch(model, cache, setup.context, free)?),
    };
    let length = largest_context(model, cache, setup.batch, free)?;
    let length = if unlimited(setup) && length > 0 { grid.word("any").into() } else { Cell::from(length) };
    Ok(row![gib(free), batch, length])
}

/// A model without attention sets no limit: it keeps as much of any text.
pub(super) fn unlimited(setup: &Setup) -> bool {
    setup.model.attention_layers() == 0 && setup.model.recurrent.is_some()
}

/// The memory, and where its size comes from.
fn memory(setup: &Setup, size: String) -> Text {
    let accelerator = setup.accelerator.name;
    let printed = accelerators::memory(setup.accelerator);
    match &setup.memory_typed {
        Some(_) if in_gib(setup).is_some() => WORDS.with("fits.given", &named![size]),
        Some(typed) => WORDS.with("fits.given-otherwise", &named![typed, size]),
        None => WORDS.with("fits.of-the-card", &named![size, accelerator, printed]),
    }
}
