//! What a signal and its gradient become in many layers.

use concepts::activation::{Activation, ActivationError, Flow, Start, flow};

use super::DEEP;
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::setup::Setup;
use crate::{named, row};

/// In fewer layers hardly anything vanishes.
const MANY: usize = 5;
/// A share of the gradient that is no sign of a start that suits.
const LITTLE: f64 = 0.01;
/// Inputs that are sent through.
const INPUTS: usize = 32;

pub(crate) fn sent(setup: &Setup, f: Activation, start: Start) -> Result<Flow, ActivationError> {
    flow(f, start, (setup.depth, setup.width), INPUTS, setup.seed)
}

pub(crate) fn depth(setup: &Setup) -> Result<Findings, ActivationError> {
    let mut f = Findings::default();
    let mut grid =
        Grid::new("deep", &WORDS).value("depth", setup.depth).value("width", setup.width).value("n", INPUTS);
    for (name, g) in DEEP {
        let (he, xavier) = (sent(setup, g, Start::He)?, sent(setup, g, Start::Xavier)?);
        if g == Activation::Sigmoid {
            f.number("sigma_gradient", he.backward[0]);
            f.number("sigma_xavier", xavier.backward[0]);
        }
        if g == Activation::Tanh {
            let arrives = xavier.backward[0];
            let id = if arrives < LITTLE { "tanh_said.narrow" } else { "tanh_said" };
            f.words("tanh_said", WORDS.with(id, &named![arrives]));
        }
        let last = |flow: &Flow| flow.forward.last().copied().unwrap_or(0.0);
        grid = grid.row(row![
            name,
            last(&he),
            he.backward[0],
            last(&xavier),
            xavier.backward[0],
            he.silent,
            he.dead
        ]);
    }
    f.table("deep", grid.table());
    let few = if setup.depth < MANY { "vanishing.few" } else { "vanishing" };
    f.words("vanishing", WORDS.get(few));
    f.formula(
        "f_he",
        r"\mathrm{Var}(w) = 2/n\ (\text{He}),\quad 1/n\ (\text{Xavier})",
        "Var(w) = 2/n (He)    1/n (Xavier)",
    );
    Ok(f)
}
