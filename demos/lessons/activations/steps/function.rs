//! One number: value, slope, lowest point, approximations, and the mask of which GELU is the mean.

use concepts::activation::{Activation, largest_difference, lowest};

use super::COMPARED;
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::experiments::mask::masked;
use crate::lessons::activations::setup::Setup;
use crate::row;

/// Draws of the mask.
const DRAWS: usize = 10_000;

pub(crate) fn function(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let (x, beta) = (setup.x, setup.beta);
    let chosen = Text::same(setup.name);
    f.words("chosen", chosen);
    f.number("x", x);
    f.number("value", setup.f.of(x));
    f.number("slope", setup.f.derivative(x));
    f.formula("f_gelu", r"\mathrm{GELU}(x) = x\,\Phi(x)", "GELU(x) = x·Φ(x)");
    f.formula(
        "f_swish",
        r"\mathrm{Swish}(x) = x\,\sigma(\beta x),\quad \mathrm{SiLU}: \beta = 1",
        "Swish(x) = x·σ(βx)    SiLU: β = 1",
    );
    let swish = Activation::Swish { beta };
    let rows = COMPARED.map(|(name, g)| row![name, g.of(x), g.derivative(x)]);
    let grid = Grid::new("values", &WORDS).value("x", x).value("beta", beta);
    f.table("values", grid.rows(rows).said("swish", row![swish.of(x), swish.derivative(x)]).table());
    let low = |g, left| lowest(g, left, 0.0).unwrap_or_default();
    let lows = [("GELU", Activation::Gelu), ("SiLU", Activation::SILU), ("Mish", Activation::Mish)];
    let rows = lows.map(|(name, g)| {
        let (at, y) = low(g, -3.0);
        row![name, at, y]
    });
    f.table("lowest", Grid::new("lowest", &WORDS).rows(rows).table());
    f.number("beta", beta);
    // Between Swish and ReLU the difference is largest where Swish is lowest, and on the other side of 0.
    f.number("gap", -low(swish, -3.0 / beta).1);
    f.formula(
        "f_tanh",
        r"\mathrm{GELU}(x) \approx \tfrac{x}{2}\bigl(1 + \tanh(\sqrt{2/\pi}\,(x + 0.044715x^3))\bigr)",
        "GELU(x) ≈ x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))",
    );
    f.formula("f_sigma", r"\mathrm{GELU}(x) \approx x\,\sigma(1.702x)", "GELU(x) ≈ x·σ(1.702·x)");
    let apart = |g| largest_difference(g, Activation::Gelu, 0.0, 10.0, 2000);
    let (tanh, sigma) = (apart(Activation::GeluTanh), apart(Activation::GeluSigmoid));
    f.number("tanh_error", tanh.by);
    f.number("tanh_at", tanh.at);
    f.number("sigma_error", sigma.by);
    f.number("sigma_at", sigma.at);
    f.formula(
        "f_mask",
        r"\mathbb{E}[x\cdot\mathrm{Bernoulli}(\Phi(x))] = x\,\Phi(x)",
        "E[x·Bernoulli(Φ(x))] = x·Φ(x)",
    );
    let keep = (Activation::Gelu.of(1.0)).clamp(0.0, 1.0);
    f.number("mask_draws", DRAWS as f64);
    f.number("mask_mean", masked(1.0, keep, DRAWS, setup.seed).0);
    f.number("mask_gelu", keep);
    f
}
