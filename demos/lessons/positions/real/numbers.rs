//! The text in order, and other numbers for its positions: all moved alike, twice as far apart, running backwards.

use concepts::decoder::Change;
use concepts::evaluation::{Difference, Interval};
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::REAL_MODEL_F32;

use super::removed::Removed;
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::real::changes::{Bench, Cost, range, signed, told};
use crate::{named, row};

/// By how many positions whole texts are moved, if the model has as many.
const MOVED: usize = 100;

/// Other numbers for the same places.
pub(super) struct Numbers {
    by: usize,
    /// Tokens of a window, and how many of them are read here.
    whole: usize,
    length: usize,
    /// Are queries and keys turned, and is nothing added for a position?
    rotates: bool,
    plain: f64,
    pub(super) moved: Cost,
    pub(super) twice: Cost,
    pub(super) backwards: Cost,
    /// How much more backwards costs than no positions at all.
    against: Interval,
    /// The largest change of the surprise at one token when a text is moved as a whole.
    pub(super) largest: f64,
    /// The largest surprise at one token.
    pub(super) size: f64,
}

impl Numbers {
    pub(super) fn new(bench: &Bench, removed: &Removed) -> Result<Numbers, Refusal> {
        let config = bench.model.config();
        // Twice as far apart, a text must still lie within a learned table; a rotation has no end.
        let rows = if config.learned_positions { config.context } else { usize::MAX };
        let whole = bench.windows.first().map_or(0, Vec::len);
        let length = whole.min(rows / 2);
        let by = MOVED.min(rows - length);
        let windows: Vec<Vec<u32>> = bench.windows.iter().map(|window| window[..length].to_vec()).collect();
        // What was said of a token does not depend on what stands behind it.
        let cut = |nats: &[Vec<f64>]| -> Vec<Vec<f64>> {
            nats.iter().map(|nats| nats[..length - 1].to_vec()).collect()
        };
        let means = |nats: &[Vec<f64>]| nats.iter().map(|nats| mean(nats)).collect::<Vec<f64>>();
        let (plain, none) = (cut(&removed.plain), means(&cut(&removed.none)));
        let cost = |nats: &[Vec<f64>]| -> Result<Cost, Refusal> {
            let nats = means(nats);
            let more = bench.apart(&nats, &means(&plain))?;
            Ok(Cost { mean: mean(&nats), nats, more })
        };
        let with = |changes: &[Change]| bench.surprise(changes, &windows);
        let moved = with(&[Change::Gap { from: 0, by }])?;
        let from_the_end = Change::Gap { from: 0, by: length - 1 };
        let backwards = cost(&with(&[Change::Step(-1), from_the_end])?)?;
        let apart = plain.iter().flatten().zip(moved.iter().flatten()).map(|(a, b)| (a - b).abs());
        Ok(Numbers {
            by,
            whole,
            length,
            rotates: !config.learned_positions && config.layers.iter().any(|layer| layer.rope.is_some()),
            plain: mean(&means(&plain)),
            largest: apart.fold(0.0, f64::max),
            size: plain.iter().flatten().copied().fold(0.0, f64::max),
            moved: cost(&moved)?,
            twice: cost(&with(&[Change::Step(2)])?)?,
            against: bench.apart(&backwards.nats, &none)?,
            backwards,
        })
    }

    /// Is it only differences of positions that count?
    fn is_relative(&self) -> bool {
        self.largest < REAL_MODEL_F32 * self.size.max(1.0)
    }

    pub(super) fn table(&self) -> Table {
        let cells = |cost: &Cost| row![cost.mean, signed(cost.more.estimate), range(&cost.more)];
        Grid::new("numbers", &WORDS)
            .value("by", self.by)
            .said("plain", row![self.plain, "", ""])
            .said("moved", cells(&self.moved))
            .said("twice", cells(&self.twice))
            .said("backwards", cells(&self.backwards))
            .table()
    }

    /// Is this a model with rotations that behaves as one?
    pub(super) fn is_rotated(&self) -> bool {
        self.rotates && self.is_relative()
    }

    pub(super) fn notes(&self) -> Vec<Text> {
        let cut = named![length = self.length];
        let cut = (self.length < self.whole).then(|| WORDS.with("numbers.cut", &cut));
        cut.into_iter().chain([self.against_none()]).collect()
    }

    /// Backwards beside no positions at all.
    fn against_none(&self) -> Text {
        let id = match self.against.difference() {
            Difference::Larger => "numbers.worse",
            Difference::Smaller => "numbers.better",
            Difference::NotShown => "numbers.alike",
        };
        WORDS.with(id, &told(&self.against))
    }

    pub(super) fn by(&self) -> usize {
        self.by
    }
}
