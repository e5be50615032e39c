//! Neighbours or halves as pairs: the same up to a permutation.

use concepts::numerics::max_difference;
use concepts::position::rope::{Layout, layout_permutation, rotate_by_complex};
use ndarray::Axis;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::experiments::score::{Content, by_rotate_half, content, score};
use crate::lessons::rope::setup::Setup;
use crate::row;

/// Features that are listed of each half.
const SHOWN: usize = 8;

pub(crate) fn layouts(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let c = content(setup.head_dim, setup.seed, "layout content");
    let permutation = layout_permutation(setup.head_dim)?;
    let moved = Content { q: c.q.select(Axis(1), &permutation), k: c.k.select(Axis(1), &permutation) };
    // Two different places: at one and the same nothing is turned, whatever the layout.
    let (m, n) = ((setup.m - setup.n).abs().max(1), 0);
    let interleaved = score(&c, m, n, &setup.used, Layout::Interleaved);
    let apart = |c: &Content| (score(c, m, n, &setup.used, Layout::Halves) - interleaved).abs();
    f.number("layout_offset", m as f64);
    f.number("layout_same", apart(&moved));
    f.number("layout_mixed", apart(&c));
    f.formula(
        "f_half",
        r"R_m x = x \odot \cos m\theta + \mathrm{rotate\_half}(x) \odot \sin m\theta,\quad \mathrm{rotate\_half}(x_1, x_2) = (-x_2, x_1)",
        "R_m·x = x ⊙ cos mθ + rotate_half(x) ⊙ sin mθ    rotate_half(x₁, x₂) = (−x₂, x₁)",
    );
    f.number("half_error", half_error(setup, &c)?);
    f.table("permutation", table(&permutation));
    Ok(f)
}

/// The formula with `rotate_half`, as checkpoints in halves are run, against the rotation pair by pair.
fn half_error(setup: &Setup, c: &Content) -> Result<f64, Refusal> {
    let by_pair = rotate_by_complex(c.q.view(), &[setup.m], &setup.used, Layout::Halves)?;
    Ok(max_difference(&by_rotate_half(&c.q, setup.m, &setup.used), &by_pair))
}

fn table(permutation: &[usize]) -> Table {
    let list = |features: &[usize]| {
        let shown: Vec<String> = features.iter().take(SHOWN).map(ToString::to_string).collect();
        row![shown.join(" ")]
    };
    let (first, second) = permutation.split_at(permutation.len() / 2);
    Grid::new("permutation", &WORDS).said("first", list(first)).said("second", list(second)).table()
}
