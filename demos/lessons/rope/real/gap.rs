//! A text whose first part stands far away: the positions of the second part are given, what would lie between is not
//! there. So offsets beyond the trained length are met with a text of a hundred tokens.

use concepts::decoder::{Change, Config};
use concepts::evaluation::Interval;
use concepts::numerics::statistics::mean;

use super::methods::{METHODS, REACH, change, id, name, scaled, trained};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::short;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::method::Method;
use crate::named;
use crate::real::changes::{Bench, begun, range, signed};

/// Tokens of the first part and of the second.
const PART: usize = 48;
/// Texts.
const TEXTS: usize = 8;
/// Where the second part begins, in trained lengths; without a gap first.
const STARTS: [f64; 5] = [0.0, 0.5, 2.0, 4.0, 7.0];

/// Nats a token of the second part.
pub(super) struct Gap {
    pub(super) trained: usize,
    part: usize,
    /// By method, by distance, by text.
    nats: Vec<Vec<Vec<f64>>>,
    intervals: Vec<Vec<Interval>>,
    /// Of the second part alone: the first is not there.
    alone: Vec<f64>,
}

impl Gap {
    pub(super) fn new(bench: &Bench) -> Result<Gap, Refusal> {
        let trained = trained(bench.model.config());
        let part = PART.min(trained / 3);
        let pieces: Vec<&[u32]> = bench.text.chunks_exact(2 * part).take(TEXTS).collect();
        let texts: Vec<Vec<u32>> = pieces.iter().map(|piece| begun(bench.real, piece)).collect();
        let of_part = |nats: Vec<Vec<f64>>| -> Vec<f64> {
            // The first token of the second part is left out: alone it has nothing before it.
            nats.iter().map(|nats| mean(&nats[nats.len() + 1 - part..])).collect()
        };
        let from = texts.first().map_or(0, Vec::len) - part;
        let measure = |method: Method, start: f64| -> Result<Vec<f64>, Refusal> {
            let by = ((start * trained as f64) as usize).saturating_sub(from);
            let mut changes = change(method, bench.model.config(), REACH * trained, by + from + part);
            changes.push(Change::Gap { from, by });
            Ok(of_part(bench.surprise(&changes, &texts)?))
        };
        let mut nats = Vec::new();
        for method in METHODS {
            nats.push(STARTS.map(|start| measure(method, start)).into_iter().collect::<Result<Vec<_>, _>>()?);
        }
        let intervals = nats.iter().map(|row| row.iter().map(|nats| bench.interval(nats)).collect());
        let intervals = intervals.collect::<Result<Vec<Vec<_>>, Refusal>>()?;
        let alone: Vec<Vec<u32>> = pieces.iter().map(|piece| begun(bench.real, &piece[part..])).collect();
        let alone = of_part(bench.surprise(&[], &alone)?);
        Ok(Gap { trained, part, nats, intervals, alone })
    }

    /// The second part of a method, with its start at this place of [`STARTS`].
    fn of(&self, method: Method, start: usize) -> &[f64] {
        let place = METHODS.iter().position(|known| *known == method).unwrap_or(0);
        &self.nats[place][start]
    }

    pub(super) fn table(&self) -> Table {
        let grid = Grid::new("gap", &WORDS).value("reach", REACH);
        let heads = STARTS[1..].iter().zip(["second", "third", "fourth", "fifth"]);
        let grid = heads.fold(grid, |grid, (start, name)| grid.value(name, short(*start)));
        let rows = METHODS.iter().zip(&self.nats).map(|(method, row)| {
            let means = row.iter().map(|nats| Cell::Number(mean(nats)));
            std::iter::once(Cell::Words(name(*method))).chain(means).collect()
        });
        grid.rows(rows).table()
    }

    pub(super) fn figure(&self) -> Figure {
        // Without a gap the second part begins where the first ends.
        let at = |start: f64| start.max(self.part as f64 / self.trained as f64);
        let sketch = Sketch::lines("real-gap", &WORDS, [Log, Linear]).value("reach", REACH);
        METHODS
            .iter()
            .zip(&self.intervals)
            .fold(sketch.rule(1.0), |sketch, (method, row)| {
                let points = STARTS.iter().zip(row).map(|(start, i)| (at(*start), i.estimate, i.low, i.high));
                sketch.spread(id(*method), points)
            })
            .figure()
    }

    pub(super) fn notes(&self, bench: &Bench) -> Result<Vec<Text>, Refusal> {
        let near = bench.interval(self.of(Method::Plain, 0))?;
        let alone = bench.apart(&self.alone, self.of(Method::Plain, 0))?;
        let about = named![
            texts = self.alone.len(),
            part = self.part,
            trained = self.trained,
            near = near.estimate,
            alone = signed(alone.estimate),
            range = range(&alone)
        ];
        let about = WORDS.with("gap.about", &about);
        let config = bench.model.config();
        Ok([vec![about], scaled(config).into_iter().collect(), windowed(config)].concat())
    }

    /// How much more the second part costs far beyond the trained length than within it, as it is.
    pub(super) fn beyond(&self, bench: &Bench) -> Result<Interval, Refusal> {
        bench.apart(self.of(Method::Plain, STARTS.len() - 1), self.of(Method::Plain, 1))
    }

    /// How much more it costs without a gap under a method that stretches than as it is.
    pub(super) fn inside(&self, bench: &Bench, method: Method) -> Result<Interval, Refusal> {
        bench.apart(self.of(method, 0), self.of(Method::Plain, 0))
    }

    /// How much more it costs far beyond under a method than as it is; below 0 where the method helps.
    pub(super) fn against(&self, bench: &Bench, method: Method) -> Result<Interval, Refusal> {
        let last = STARTS.len() - 1;
        bench.apart(self.of(method, last), self.of(Method::Plain, last))
    }

    /// The farthest distance, in trained lengths.
    pub(super) fn farthest(&self) -> f64 {
        STARTS[STARTS.len() - 1]
    }
}

/// What layers with a window make of a gap, and methods of them.
fn windowed(config: &Config) -> Vec<Text> {
    let (local, layers) = (config.layers.iter().filter(|layer| layer.window.is_some()), config.layers.len());
    let Some(window) = local.clone().find_map(|layer| layer.window) else { return Vec::new() };
    let seen = WORDS.with("gap.window", &named![window, local = local.count(), layers]);
    let second = (config.ropes.len() > 1).then(|| WORDS.get("gap.second"));
    std::iter::once(seen).chain(second).collect()
}
