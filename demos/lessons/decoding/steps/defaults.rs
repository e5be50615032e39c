//! Published defaults.

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::published::{Defaults, PUBLISHED, Whose, of};
use crate::row;

/// The published defaults, and what the makers of a reasoning model recommend.
pub(crate) fn defaults() -> Findings {
    let mut f = Findings::default();
    f.table("defaults", table());
    if let Some(reasoning) = of(Whose::DeepSeekR1) {
        f.number("reasoning_temperature", reasoning.temperature);
        f.number("reasoning_top_p", reasoning.top_p);
    }
    f
}

fn table() -> Table {
    let grid = Grid::new("defaults", &WORDS);
    let row = |defaults: &Defaults| {
        let samples = grid.word(if defaults.samples { "samples" } else { "greedy" });
        let source = grid.word(&format!("{}-source", defaults.id));
        let top_k = defaults.top_k.map_or("–".to_string(), |k| k.to_string());
        row![grid.word(defaults.id), samples, defaults.temperature, defaults.top_p, top_k, source]
    };
    let rows: Vec<_> = PUBLISHED.iter().map(row).collect();
    grid.rows(rows).table()
}
