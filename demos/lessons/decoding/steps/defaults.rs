//! Published defaults.

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::published::{Defaults, PUBLISHED};
use crate::row;

pub(crate) fn table() -> Table {
    let grid = Grid::new("defaults", &WORDS);
    let row = |defaults: &Defaults| {
        let samples = grid.word(if defaults.samples { "samples" } else { "greedy" });
        let source = grid.word(&format!("{}-source", defaults.id));
        row![grid.word(defaults.id), samples, defaults.temperature, defaults.top_p, source]
    };
    let rows: Vec<_> = PUBLISHED.iter().map(row).collect();
    grid.rows(rows).table()
}
