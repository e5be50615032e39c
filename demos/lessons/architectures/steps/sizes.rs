//! Parameters and operations at equal depth and width.

use concepts::architecture::{Architecture, ArchitectureError, Transformer, pass_cost};
use concepts::numerics::rng;

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::architectures::WORDS;
use crate::lessons::architectures::experiments::HEADS;
use crate::lessons::architectures::setup::{Setup, family};
use crate::row;

pub(crate) fn sizes(setup: &Setup) -> Result<Table, Refusal> {
    let (layers, d_model, n) = (setup.layers, setup.d_model, setup.seq);
    let size = |kind| -> Result<_, ArchitectureError> {
        let mut rng = rng(setup.seed, "sizes");
        let model = Transformer::random(kind, layers, d_model, HEADS, &mut rng)?;
        Ok((model.parameters() as f64, pass_cost(kind, layers, d_model, n)?))
    };
    let (parameters, decoder) = size(Architecture::DecoderOnly)?;
    let mut grid = Grid::new("sizes", &WORDS).value("n", n).value("layers", layers).value("d", d_model);
    for (name, kind) in setup.kinds() {
        let (here, cost) = size(kind)?;
        let (weights, pairs) = (cost.weights as f64, cost.pairs as f64);
        let ratio = weights / decoder.weights as f64;
        grid = grid.row(row![family(name), here, here / parameters, 2.0 * weights, ratio, 2.0 * pairs]);
    }
    Ok(grid.table())
}
