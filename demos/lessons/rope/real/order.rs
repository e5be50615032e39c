//! Without rotation, and with all positions moved.

use concepts::decoder::Change;
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::REAL_MODEL_F32;

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::real::changes::{Bench, Cost, range, signed};
use crate::{named, row};

/// By how many positions whole texts are moved.
const MOVED: usize = 1000;

/// What positions mean to the model.
pub(super) struct Order {
    plain: f64,
    pub(super) off: Cost,
    pub(super) moved: Cost,
    /// The largest change of the surprise at one token when a text is moved as a whole.
    pub(super) largest: f64,
    /// The largest surprise at one token.
    pub(super) size: f64,
}

impl Order {
    pub(super) fn new(bench: &Bench) -> Result<Order, Refusal> {
        let before = bench.surprise(&[], &bench.windows)?.concat();
        let after = bench.surprise(&[Change::Gap { from: 0, by: MOVED }], &bench.windows)?;
        let moved = bench.cost(after.iter().map(|nats| mean(nats)).collect())?;
        let apart = before.iter().zip(after.iter().flatten()).map(|(a, b)| (a - b).abs());
        let largest = apart.fold(0.0, f64::max);
        let size = before.iter().copied().fold(0.0, f64::max);
        Ok(Order { plain: mean(&bench.plain), off: bench.with(&[Change::RopeOff])?, moved, largest, size })
    }

    pub(super) fn table(&self) -> Table {
        let cells = |cost: &Cost| row![cost.mean, signed(cost.more.estimate), range(&cost.more)];
        Grid::new("order", &WORDS)
            .value("moved", MOVED)
            .said("plain", row![self.plain, "", ""])
            .said("off", cells(&self.off))
            .said("shifted", cells(&self.moved))
            .table()
    }

    pub(super) fn note(&self) -> Text {
        let id = if self.is_relative() { "order.largest" } else { "order.more" };
        WORDS.with(id, &named![moved = MOVED, largest = self.largest, size = self.size])
    }

    /// Is what moving a text changes no more than rounding?
    pub(super) fn is_relative(&self) -> bool {
        self.largest < REAL_MODEL_F32 * self.size.max(1.0)
    }
}
