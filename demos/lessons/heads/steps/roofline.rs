//! Reading a prompt and writing a token, each against both limits of the accelerator.

use concepts::budget::{BudgetError, Dtype, StepCost, cache_bytes, decode_cost, prefill_cost, weight_bytes};

use super::accelerators::source;
use super::sizes::exceeding;
use super::{silent, writes};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

/// Weights are read in this format, whatever the cache is stored in.
pub(crate) const WEIGHTS: Dtype = Dtype::Bf16;

pub(super) fn roofline(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    let on = setup.accelerator;
    f.words("accelerator", Text::same(on.name));
    f.words("accelerator_source", source(on));
    f.number("bandwidth", on.bandwidth / 1e12);
    f.words(
        "could_do",
        match on.ridge() {
            Some(ridge) => WORDS.with("could_do", &named![name = on.name, ridge]),
            None => WORDS.get("could_do.unknown"),
        },
    );
    f.words(
        "ridge_said",
        match on.ridge() {
            Some(ridge) => WORDS.with("ridge_said", &named![ridge]),
            None => WORDS.get("ridge_said.unknown"),
        },
    );
    f.formula(
        "f_roofline",
        r"t \ge \max\!\left(\frac{Q}{B}, \frac{F}{P}\right),\quad I^* = \frac{P}{B}",
        "t ≥ max(Q / B, F / P)    I* = P / B",
    );
    f.table("roofline", if writes(setup) { passes(setup)? } else { silent(setup) });
    f.words("decides_said", WORDS.get(decides_said(setup)));
    f.note("cards_needed", if writes(setup) { cards_needed(setup)? } else { None });
    Ok(())
}

/// What the table says of who decides.
fn decides_said(setup: &Setup) -> &'static str {
    match setup.accelerator.ridge() {
        _ if !writes(setup) => "decides_said.silent",
        Some(_) => "decides_said",
        None => "decides_said.unknown",
    }
}

/// How many devices the weights and the caches need, if one is too small.
fn cards_needed(setup: &Setup) -> Result<Option<Text>, BudgetError> {
    let weights = weight_bytes(&setup.model, WEIGHTS)?;
    let cache = cache_bytes(&setup.model, setup.dtype, setup.context, setup.batch)?;
    let devices = weights.saturating_add(cache).div_ceil(setup.memory.max(1));
    let ([weights, cache], memory) = exceeding([weights, cache], setup);
    Ok((devices > 1).then(|| WORDS.with("cards_needed", &named![weights, cache, memory, devices])))
}

fn passes(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n, batch) = (&setup.model, setup.context, setup.batch);
    let grid = Grid::new("roofline", &WORDS)
        .value("batch", batch)
        .value("accelerator", setup.accelerator.name)
        .value("n", n);
    let read = cells(setup, &grid, &prefill_cost(model, WEIGHTS, setup.dtype, n, batch)?);
    let write = cells(setup, &grid, &decode_cost(model, WEIGHTS, setup.dtype, n, batch)?);
    Ok(grid.said("read", read).said("write", write).table())
}

fn cells(setup: &Setup, grid: &Grid, step: &StepCost) -> Vec<Cell> {
    let on = setup.accelerator;
    let (memory, arithmetic) = (step.memory_seconds(on), step.arithmetic_seconds(on));
    let decides = match arithmetic {
        Some(arithmetic) if arithmetic > memory => grid.word("compute"),
        Some(_) => grid.word("memory"),
        // Only one of the two limits is known.
        None => Text::same("–"),
    };
    row![
        step.flops as f64 / 1e12,
        step.bytes() as f64 / 1e9,
        step.intensity(),
        1e3 * memory,
        arithmetic.map_or(Cell::from("–"), |seconds| Cell::Number(1e3 * seconds)),
        decides,
        speed(setup, step),
    ]
}

/// Tokens per second: a bound if only one of the two limits is known.
pub(super) fn speed(setup: &Setup, step: &StepCost) -> Cell {
    let speed = step.tokens_per_second(setup.accelerator);
    match setup.accelerator.flops {
        Some(_) => Cell::Number(speed),
        None => Cell::from(format!("≤ {}", plain(speed))),
    }
}
