//! Other functions in the place of the trained one, without training.

use concepts::activation::Activation;
use concepts::decoder::Change;
use concepts::numerics::statistics::mean;

use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::activations::WORDS;
use crate::real::changes::{Bench, Cost, range, signed};
use crate::row;

/// What is tried, near relatives first.
const TRIED: [(Activation, &str); 6] = [
    (Activation::SILU, "SiLU"),
    (Activation::GeluTanh, "GELU (tanh)"),
    (Activation::Gelu, "GELU"),
    (Activation::Relu, "ReLU"),
    (Activation::SquaredRelu, "ReLU²"),
    (Activation::Identity, "x"),
];

/// What other models have, in whose place the others are tried.
const OTHERS: [(Activation, &str); 2] =
    [(Activation::GeluSigmoid, "x σ(1.702x)"), (Activation::Mish, "Mish")];

/// A function in the place of the trained one.
pub(super) struct Exchanged {
    pub(super) function: Activation,
    pub(super) name: &'static str,
    pub(super) cost: Cost,
}

/// All but the one that the model has.
pub(super) fn all(bench: &Bench) -> Result<Vec<Exchanged>, Refusal> {
    let own = bench.model.config().activation;
    let others = TRIED.into_iter().filter(|(function, _)| *function != own);
    let with = |(function, name)| {
        Ok(Exchanged { function, name, cost: bench.with(&[Change::Activation(function)])? })
    };
    others.map(with).collect()
}

/// What the model's own function is called.
fn own(bench: &Bench) -> &'static str {
    let own = bench.model.config().activation;
    TRIED.iter().chain(&OTHERS).find(|(function, _)| *function == own).map_or("f", |(_, name)| name)
}

pub(super) fn table(bench: &Bench, exchanged: &[Exchanged]) -> Table {
    let first: Vec<Cell> = row![own(bench), mean(&bench.plain), "", ""];
    let rows = exchanged.iter().map(|other| {
        let more = &other.cost.more;
        row![other.name, other.cost.mean, signed(more.estimate), range(more)]
    });
    Grid::new("exchanged", &WORDS).row(first).rows(rows).table()
}
