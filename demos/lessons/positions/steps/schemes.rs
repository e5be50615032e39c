//! Every scheme on the same sentence.

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::scheme::{SCHEMES, Scheme};
use crate::lessons::positions::setup::Setup;
use crate::lessons::positions::steps::order::moves;
use crate::row;

/// The table of all schemes.
pub(crate) fn schemes(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let mut grid = Grid::new("schemes", &WORDS);
    for (name, scheme) in SCHEMES {
        let acts = match scheme {
            Scheme::None => Text::same("–"),
            Scheme::Sinusoidal | Scheme::Learned => grid.word("input"),
            Scheme::Alibi | Scheme::T5 => grid.word("scores"),
            Scheme::Rope => grid.word("q-k"),
        };
        let defined = grid.word(if scheme == Scheme::Learned { "its-table" } else { "anywhere" });
        grid = grid.row(row![name, acts, moved(setup, scheme)?, defined]);
    }
    f.table("schemes", grid.table());
    let alike = setup.tokens.windows(2).all(|pair| pair[0] == pair[1]);
    let mirror = match setup.tokens.len() {
        0 | 1 => "mirror.single",
        _ if alike => "mirror.same",
        _ => "mirror.alibi",
    };
    f.note("mirror", Some(WORDS.get(mirror)));
    f.number("alibi_moves", moved(setup, Scheme::Alibi)?);
    Ok(())
}

/// How far any output moves when the sentence is reversed.
fn moved(setup: &Setup, scheme: Scheme) -> Result<f64, Refusal> {
    let Setup { d_model, base, seed, .. } = *setup;
    let add = scheme.additive(setup.tokens.len(), d_model, base, seed)?;
    let inside = scheme.inside(d_model, base, seed)?;
    let moved = moves(setup, &add, inside.as_ref())?;
    Ok(moved.into_iter().fold(0.0, f64::max))
}
