//! Without positions: what a token costs then, by its place, and beside what it costs if one token alone is known.

use concepts::decoder::{Change, by_position};
use concepts::evaluation::{Difference, Interval};
use concepts::numerics::statistics::mean;

use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::real::Real;
use crate::real::changes::{Bench, Cost, begun, range, signed, told};
use crate::row;

/// What positions are worth to the model.
pub(super) struct Removed {
    /// Nats at each token of each window: as trained, and without positions.
    pub(super) plain: Vec<Vec<f64>>,
    pub(super) none: Vec<Vec<f64>>,
    /// Without positions.
    pub(super) cost: Cost,
    /// As trained, each token said behind the one before it alone.
    pub(super) alone: Cost,
    /// How much more it costs without positions than with one token alone.
    pub(super) against: Interval,
    /// Does a token begin every text? Then what is left out leaves it in its place.
    begun: bool,
}

impl Removed {
    pub(super) fn new(bench: &Bench) -> Result<Removed, Refusal> {
        let plain = bench.surprise(&[], &bench.windows)?;
        let none = bench.surprise(&[Change::NoPositions], &bench.windows)?;
        let from = begun(bench.real, &[]).len();
        let pairs = bench.windows.iter().flat_map(|window| window[from..].windows(2));
        let pairs: Vec<Vec<u32>> = pairs.map(|pair| begun(bench.real, pair)).collect();
        let said = bench.surprise(&[], &pairs)?;
        let last: Vec<f64> = said.iter().filter_map(|nats| nats.last().copied()).collect();
        let said = last.chunks_exact(last.len() / plain.len());
        // What stands behind the token that begins a text is known from that alone in any case.
        let alone = plain.iter().zip(said).map(|(plain, said)| mean(&[&plain[..from], said].concat()));
        let alone: Vec<f64> = alone.collect();
        let means = |nats: &[Vec<f64>]| nats.iter().map(|nats| mean(nats)).collect::<Vec<f64>>();
        let more = bench.apart(&alone, &means(&plain))?;
        Ok(Removed {
            cost: bench.cost(means(&none))?,
            against: bench.apart(&means(&none), &alone)?,
            begun: from > 0,
            alone: Cost { mean: mean(&alone), nats: alone, more },
            plain,
            none,
        })
    }

    /// Table, figure and notes.
    pub(super) fn add_to(&self, f: &mut Findings) {
        f.table("removed", self.table());
        f.figure(self.figure());
        f.note("removed_note", Some(self.note()));
        f.note("sink", Some(self.sink()));
    }

    fn table(&self) -> Table {
        let cells = |cost: &Cost| row![cost.mean, signed(cost.more.estimate), range(&cost.more)];
        Grid::new("removed", &WORDS)
            .said("plain", row![mean(&self.plain.concat()), "", ""])
            .said("none", cells(&self.cost))
            .said("alone", cells(&self.alone))
            .table()
    }

    /// By the number of tokens that are known.
    fn figure(&self) -> Figure {
        let length = self.plain.iter().map(Vec::len).min().unwrap_or(0);
        let doubling =
            std::iter::successors(Some(1), |edge| Some(2 * edge)).take_while(|edge| *edge < length);
        let edges: Vec<usize> = std::iter::once(0).chain(doubling).chain([length]).collect();
        let points = |nats: &[Vec<f64>]| -> Vec<(f64, f64, f64, f64)> {
            let stretches = by_position(nats, &edges);
            let point = stretches.iter().map(|part| {
                // The first token is said behind one that is known.
                let known = (part.from + 1 + part.to) as f64 / 2.0;
                let half = part.half_width.unwrap_or(0.0);
                (known, part.mean, part.mean - half, part.mean + half)
            });
            point.collect()
        };
        Sketch::lines("real-place", &WORDS, [Log, Linear])
            .spread("plain", points(&self.plain))
            .spread("none", points(&self.none))
            .figure()
    }

    fn note(&self) -> Text {
        let id = match self.against.difference() {
            Difference::Larger => "removed.worse",
            Difference::Smaller => "removed.better",
            Difference::NotShown => "removed.alike",
        };
        WORDS.with(id, &told(&self.against))
    }

    /// What else it means to know one token alone.
    fn sink(&self) -> Text {
        WORDS.get(if self.begun { "removed.begun" } else { "removed.bare" })
    }
}

/// What else it means to leave out the beginning of a text.
pub(super) fn left_out(real: &Real) -> Text {
    WORDS.get(if begun(real, &[]).is_empty() { "kept.bare" } else { "kept.begun" })
}
