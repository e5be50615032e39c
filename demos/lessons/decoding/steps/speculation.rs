//! Speculative decoding: exactness on a tree, acceptance on the trained model.

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::speculation::{Draft, Exactness, GAMMA, draft, exactness};
use crate::lessons::decoding::setup::Setup;
use crate::row;

pub(crate) fn speculation(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    formulas(&mut f);
    let exact = exactness(setup.seed);
    let of = |pick: fn(&Exactness) -> f64| exact.as_ref().map_or(f64::NAN, pick);
    f.number("spec_texts", of(|e| e.texts as f64));
    f.number("spec_distance", of(|e| e.speculative));
    f.number("spec_unchecked", of(|e| e.unchecked));
    f.number("gumbel_distance", of(|e| e.gumbel));
    f.number("gamma", GAMMA as f64);
    let mut grid = Grid::new("drafts", &WORDS).value("order", setup.order).value("gamma", GAMMA);
    for order in drafts(setup.order) {
        let model = setup.trained.draft(order)?;
        let Draft { order, overlap, accepted, tokens_per_call, predicted } =
            draft(&setup.trained, &model, order, setup.seed)?;
        grid = grid.row(row![order, overlap, accepted, tokens_per_call, predicted]);
    }
    f.table("drafts", grid.table());
    Ok(f)
}

fn formulas(f: &mut Findings) {
    f.formula(
        "f_speculative",
        r"q(x)\min\Big(1, \frac{p(x)}{q(x)}\Big) + \Big(1 - \sum_y \min(p, q)\Big)\frac{(p(x) - q(x))^+}{\sum_y (p(y) - q(y))^+} = p(x)",
        "q(x)·min(1, p(x)/q(x)) + (1 − Σ min(p, q))·(p(x) − q(x))⁺/Σ(p − q)⁺ = p(x)",
    );
    f.formula(
        "f_gumbel",
        r"\operatorname{argmax}_i (z_i + g_i) \sim \mathrm{softmax}(z),\quad g_i = -\ln(-\ln u_i)",
        "argmaxᵢ (zᵢ + gᵢ) ~ softmax(z)    gᵢ = −ln(−ln uᵢ)",
    );
}

/// Orders to draft with: below that of the model, if there are any.
fn drafts(order: usize) -> Vec<usize> {
    let lower: Vec<usize> = [2, 3, 4, 5].into_iter().filter(|&draft| draft < order).collect();
    if lower.is_empty() { vec![1] } else { lower }
}
