//! Penalties against repetition.

use concepts::decoding::DecodingError;

use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::penalties::{ALPHA, LOGITS, PENALTIES, THETA, after, times_said};
use crate::row;

pub(crate) fn table() -> Result<Table, DecodingError> {
    let (_, p) = after(None)?;
    let penalised = PENALTIES.map(|penalty| after(Some(penalty)));
    let penalised = penalised.into_iter().collect::<Result<Vec<_>, _>>()?;
    let row = |token: usize| -> Vec<Cell> {
        let first = row![["A", "B", "C", "D"][token], times_said(token), LOGITS[token], p[token]];
        let shown = penalised.iter().flat_map(|(logits, q)| row![logits[token], q[token]]);
        first.into_iter().chain(shown).collect()
    };
    let grid = Grid::new("penalties", &WORDS);
    let grid = grid.value("theta", THETA.to_string()).value("alpha", ALPHA.to_string());
    Ok(grid.rows((0..LOGITS.len()).map(row)).table())
}
