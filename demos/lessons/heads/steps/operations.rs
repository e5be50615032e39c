//! The arithmetic of a token.

use concepts::budget::{BudgetError, Flops, decode_flops, parameters, prefill_flops};

use super::layouts::with_heads;
use super::{silent, writes};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn operations(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.formula("f_flops", r"F = 2N + 2\,L\,H\,(d_k + d_v)\,n", "F = 2·N + 2·L·H·(d_k + d_v)·n");
    f.table("flops", if writes(setup) { flops(setup)? } else { silent(setup) });
    f.note("crossover", crossover(setup)?);
    let count = |kv_heads| parameters(&with_heads(&setup.model, kv_heads)).map(|all| all.total() as f64);
    f.number("params_mha", count(setup.model.heads)?);
    f.number("params_mqa", count(1)?);
    Ok(())
}

/// Operations of one token, while reading and while writing.
fn flops(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n) = (&setup.model, setup.context);
    let grid = Grid::new("flops", &WORDS).value("model", setup.title.clone()).value("n", n);
    Ok(grid
        .said("read", parts(prefill_flops(model, n)?, n))
        .said("written", parts(decode_flops(model, n)?, 1))
        .table())
}

fn parts(flops: Flops, tokens: u64) -> Vec<Cell> {
    let giga = |operations: u128| operations as f64 / tokens as f64 / 1e9;
    let share = format!("{:.1}%", 100.0 * flops.attention as f64 / flops.total() as f64);
    row![giga(flops.weights), giga(flops.attention), giga(flops.total()), share]
}

/// The context at which attention costs as much as the weights, where every layer sees everything.
fn crossover(setup: &Setup) -> Result<Option<Text>, BudgetError> {
    let model = &setup.model;
    let uneven = model.window.is_some() || model.indexer.is_some() || model.recurrent.is_some();
    if !writes(setup) || uneven {
        return Ok(None);
    }
    let one = decode_flops(&setup.model, 1)?;
    let equal = one.weights as f64 / one.attention as f64;
    Ok(Some(WORDS.with("crossover", &named![equal])))
}
