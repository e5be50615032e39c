//! Key/value heads as their mean, without training.

use concepts::decoder::Change;
use concepts::numerics::statistics::mean;

use super::cache::counted;
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::real::changes::{Bench, Cost, range, signed};
use crate::{named, row};

/// A model with so many key/value heads.
pub(super) struct Pooled {
    pub(super) heads: usize,
    /// Bytes of a token in 16 bits, counted.
    pub(super) bytes: u64,
    pub(super) cost: Cost,
}

impl Pooled {
    /// Every smaller number that divides, largest first; none where there is one head already.
    pub(super) fn all(bench: &Bench) -> Result<Vec<Pooled>, Refusal> {
        let kv_heads = bench.model.config().kv_heads;
        let fewer = (1..kv_heads).rev().filter(|heads| kv_heads.is_multiple_of(*heads));
        let of = |heads| -> Result<Pooled, Refusal> {
            let change = [Change::PoolKvHeads(heads)];
            Ok(Pooled { heads, bytes: bytes(bench, &change)?, cost: bench.with(&change)? })
        };
        fewer.map(of).collect()
    }
}

/// Bytes of a token in 16 bits, counted.
pub(super) fn bytes(bench: &Bench, change: &[Change]) -> Result<u64, Refusal> {
    Ok(counted(bench, change)? / bench.windows[0].len() as u64)
}

pub(super) fn table(bench: &Bench, pooled: &[Pooled]) -> Result<Table, Refusal> {
    let kv_heads = bench.model.config().kv_heads;
    let whole: Vec<Cell> = row![kv_heads, bytes(bench, &[])?, mean(&bench.plain), "", ""];
    let rows = pooled.iter().map(|pooled| {
        let more = &pooled.cost.more;
        row![pooled.heads, pooled.bytes, pooled.cost.mean, signed(more.estimate), range(more)]
    });
    Ok(Grid::new("pooled", &WORDS).row(whole).rows(rows).table())
}

/// What was pooled.
pub(super) fn note(bench: &Bench) -> Text {
    WORDS.with("pooled.note", &named![heads = bench.model.config().kv_heads])
}
