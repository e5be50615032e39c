//! The schemes on texts longer than those of training, as published.

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::published::{LENGTHS, STRETCHED, first_and_last};

/// Perplexity by length, and the numbers that the spoken answer names.
pub(crate) fn long_text(f: &mut Findings) {
    let [first, second, third, last] = LENGTHS;
    let grid = Grid::new("longer", &WORDS);
    let grid = grid.value("first", first).value("second", second).value("third", third).value("last", last);
    let memory = grid.word("memory");
    let rows = STRETCHED.iter().map(|stretched| {
        let cells = stretched.perplexity.map(|p| p.map_or_else(|| memory.clone().into(), Cell::Number));
        std::iter::once(stretched.scheme.into()).chain(cells).collect()
    });
    f.table("longer", grid.rows(rows).table());
    f.number("trained_tokens", first as f64);
    f.number("longest_tokens", last as f64);
    let both = |scheme| first_and_last(scheme).unwrap_or([f64::NAN; 2]);
    let [sinusoidal_before, sinusoidal_after] = both("sinusoidal");
    f.number("sinusoidal_before", sinusoidal_before);
    f.number("sinusoidal_after", sinusoidal_after);
    f.number("rope_after", both("rope")[1]);
    f.number("alibi_after", both("alibi")[1]);
}
