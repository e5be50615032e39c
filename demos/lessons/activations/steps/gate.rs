//! The feed-forward layer, plain and gated.

use concepts::activation::{Activation, ActivationError, GatedLayer};
use concepts::numerics::tolerance::DIFFERENCE_STEP;
use concepts::numerics::{central_difference, normal, relative_error, rng};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::experiments::gate::degree;
use crate::lessons::activations::setup::Setup;
use crate::row;

/// Width at which even the wrong formula can be formed.
const D: usize = 8;

pub(crate) fn gate(setup: &Setup) -> Result<Findings, ActivationError> {
    let mut f = Findings::default();
    f.formula("f_ffn", r"\mathrm{FFN}(x) = f(xW_1 + b_1)W_2 + b_2", "FFN(x) = f(x·W₁ + b₁)·W₂ + b₂");
    f.formula(
        "f_swiglu",
        r"\mathrm{FFN}_{\mathrm{SwiGLU}}(x) = (\mathrm{Swish}(xW) \odot xV)\,U",
        "FFN_SwiGLU(x) = (Swish(x·W) ⊙ x·V)·U",
    );
    f.formula("f_wrong", r"\mathrm{Swish}(x) * (xW_1) \odot (xW_2)", "Swish(x) * (x·W₁) ⊙ (x·W₂)    (✗)");
    let right = degree(D, setup.seed, |p| p.right(Activation::SILU));
    let written = degree(D, setup.seed, |p| p.written(Activation::SILU));
    let grid = Grid::new("degrees", &WORDS);
    f.table("degrees", grid.said("right", row![right]).said("written", row![written]).table());
    f.formula(
        "f_backward",
        r"db = dh\odot f(a),\quad da = dh\odot b\odot f'(a),\quad dx = da\,W^\top + db\,V^\top",
        "db = dh ⊙ f(a)    da = dh ⊙ b ⊙ f′(a)    dx = da·Wᵀ + db·Vᵀ",
    );
    let mut draws = rng(setup.seed, "activations backward");
    let layer = GatedLayer::random(4, 6, Activation::SILU, &mut draws)?;
    let (x, r) = (normal((3, 4), 1.0, &mut draws), normal((3, 4), 1.0, &mut draws));
    let loss = |x: &ndarray::Array2<f64>| layer.forward(x.view()).map_or(f64::NAN, |y| (y * &r).sum());
    let numeric = central_difference(loss, &x, DIFFERENCE_STEP);
    f.number("backward_error", relative_error(&layer.backward(x.view(), r.view())?.x, &numeric));
    Ok(f)
}
