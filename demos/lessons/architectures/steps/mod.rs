//! The steps: masks, influence, caches, signals, sizes.
//!
//! | file | what it shows |
//! |---|---|
//! | [`masks`] | who may see whom |
//! | [`influence`] | who does influence whom, and what a cache may keep |
//! | [`objectives`] | how many signals a sentence gives |
//! | [`sizes`] | parameters and operations at equal depth and width |

mod influence;
mod masks;
mod objectives;
mod sizes;

use super::WORDS;
use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;

pub(crate) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    masks::masks(setup, &mut f)?;
    f.number("layers", setup.layers as f64);
    f.number("d_model", setup.d_model as f64);
    f.table("counts", influence::counts(setup)?);
    f.table("append", influence::append(setup));
    f.words("again", WORDS.get(if setup.layers > 1 { "again.layers" } else { "again.one" }));
    f.table("gibbs", influence::generation(setup));
    influence::ranks(setup, &mut f)?;
    f.table("signals", objectives::signals(setup)?);
    f.formula(
        "f_sizes",
        r"12\,L d^2 \;\to\; 12\,L d^2 + 16\,L d^2 = 2\tfrac{1}{3} \cdot 12\,L d^2",
        "12·L·d²  →  12·L·d² + 16·L·d² = 2⅓ · 12·L·d²",
    );
    f.table("sizes", sizes::sizes(setup)?);
    let grid = Grid::new("families", &WORDS);
    let families = ["encoder", "decoder", "both"].map(|family| {
        let word = |what: &str| grid.word(&format!("{family}{what}")).into();
        vec![word(""), word("-members"), word("-best")]
    });
    f.table("families", grid.rows(families).table());
    Ok(f)
}
