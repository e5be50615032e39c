//! One number: value, slope, lowest point, approximations, and the mask of which GELU is the mean.

use concepts::activation::{Activation, largest_difference, lowest};

use super::COMPARED;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::experiments::mask::masked;
use crate::lessons::activations::setup::Setup;
use crate::row;

/// Draws of the mask.
const DRAWS: usize = 10_000;

pub(crate) fn function(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let (x, beta) = (setup.x, setup.beta);
    let [chosen, _] = setup.chosen.clone();
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
    f.table("values", values(setup));
    f.table("lowest", lows(beta));
    f.number("beta", beta);
    // Between Swish and ReLU the difference is largest where Swish is lowest, and on the other side of 0.
    f.number("gap", -low_of_swish(beta).1);
    // The slopes at x and −x add up to 1: so the slope passes 1 opposite the lowest point.
    f.number("slope_over", -low(Activation::Gelu, -3.0).0);
    f.number("slope_top", Activation::Gelu.derivative(std::f64::consts::SQRT_2));
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
    // Φ(x); at 0 it is a half, and whatever is kept is 0.
    let gelu = Activation::Gelu.of(x);
    let keep = if x == 0.0 { 0.5 } else { (gelu / x).clamp(0.0, 1.0) };
    f.number("mask_draws", DRAWS as f64);
    f.number("mask_mean", masked(x, keep, DRAWS, setup.seed).0);
    f.number("mask_gelu", gelu);
    f
}

/// Value and slope of every function, and of the chosen one where it is none of them.
fn values(setup: &Setup) -> Table {
    let (x, beta) = (setup.x, setup.beta);
    let swish = Activation::Swish { beta };
    let chosen = (setup.name, setup.f);
    let more = (setup.f != swish && COMPARED.iter().all(|(_, g)| *g != setup.f)).then_some(chosen);
    let rows = COMPARED.into_iter().chain(more).map(|(name, g)| row![name, g.of(x), g.derivative(x)]);
    let grid = Grid::new("values", &WORDS).value("x", x).value("beta", beta);
    grid.rows(rows).said("swish", row![swish.of(x), swish.derivative(x)]).table()
}

/// The lowest points; that of Swish too where β makes it another function than SiLU.
fn lows(beta: f64) -> Table {
    let known = [("GELU", Activation::Gelu), ("SiLU", Activation::SILU), ("Mish", Activation::Mish)];
    let rows = known.map(|(name, g)| {
        let (at, y) = low(g, -3.0);
        row![name, at, y]
    });
    let grid = Grid::new("lowest", &WORDS).value("beta", beta).rows(rows);
    if beta == 1.0 {
        return grid.table();
    }
    let (at, y) = low_of_swish(beta);
    grid.said("swish", row![at, y]).table()
}

fn low(f: Activation, left: f64) -> (f64, f64) {
    lowest(f, left, 0.0).unwrap_or_default()
}

fn low_of_swish(beta: f64) -> (f64, f64) {
    low(Activation::Swish { beta }, -3.0 / beta)
}
