//! Parameters and operations, and the width that keeps them.

use concepts::activation::{ActivationError, ffn_operations, ffn_parameters, llama_width, matched_width};

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::experiments::published::MODELS;
use crate::lessons::activations::setup::Setup;
use crate::row;

/// Widths are rounded up to this, as LLaMA does.
const MULTIPLE: usize = 256;

pub(crate) fn width(setup: &Setup) -> Result<Findings, ActivationError> {
    let mut f = Findings::default();
    let (d, plain) = (setup.d_model, setup.d_ff);
    let matched = (matched_width(plain).round() as usize).max(1);
    let rounded = matched.div_ceil(MULTIPLE) * MULTIPLE;
    let budget = ffn_parameters(d, plain, false) as f64;
    let cells = |h: usize, gated: bool| {
        let (parameters, operations) = (ffn_parameters(d, h, gated), ffn_operations(d, h, gated));
        row![whole(h), parameters, operations, parameters as f64 / budget]
    };
    let grid = Grid::new("widths", &WORDS).value("d", d).value("multiple", MULTIPLE);
    let grid = grid.said("plain", cells(plain, false)).said("same", cells(plain, true));
    let grid = grid.said("matched", cells(matched, true)).said("rounded", cells(rounded, true));
    f.table("widths", grid.table());
    f.number("d_model", d as f64);
    f.number("d_ff", plain as f64);
    f.words("llama", Text::same(llama_width(d, 1.0, MULTIPLE)?.to_string()));
    f.number("multiple", MULTIPLE as f64);
    f.formula(
        "f_thirds",
        r"3dh = 2d\,d_{ff} \Rightarrow h = \tfrac23 d_{ff}",
        "3·d·h = 2·d·d_ff ⇒ h = ⅔·d_ff",
    );
    let rows = MODELS.map(|(name, d, h, gated)| {
        let usual = ffn_parameters(d, 4 * d, false) as f64;
        row![name, d, h, ffn_parameters(d, h, gated) as f64 / usual]
    });
    f.table("models", Grid::new("models", &WORDS).rows(rows).table());
    Ok(f)
}

/// A width to the last digit, where it would be rounded: what counts is that it is a multiple.
fn whole(width: usize) -> Cell {
    const ROUNDED: usize = 1_000_000;
    if width < ROUNDED { width.into() } else { width.to_string().into() }
}
