//! The text without some heads, and without as many others drawn at random.

use std::collections::BTreeSet;

use concepts::decoder::{Change, Head};
use concepts::evaluation::{Difference, Interval};
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use rand::seq::IndexedRandom;

use super::kinds::{Catalogue, Kind};
use super::place;
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::real::changes::{Bench, Cost, range, signed, told, twice};
use crate::{named, row};

/// Heads that are removed at once, at most.
const MOST: usize = 5;
/// One head of so many is removed.
const SHARE: usize = 16;
/// Sets of other heads that are drawn.
const DRAWS: usize = 5;
/// Texts of random tokens said twice.
const COPIES: usize = 4;
/// Nats a token that the second copy costs more, plainly.
const PLAIN: f64 = 0.5;

/// What is lost without the heads of each kind.
pub(super) struct Removed {
    /// How many heads are removed at a time.
    pub(super) few: usize,
    /// Random tokens that are said twice.
    once: usize,
    /// Nats of the second copy, of the model as it is.
    pub(super) plain_copy: f64,
    pub(super) kinds: Vec<(Kind, Vec<Head>, Loss)>,
    /// Mean over the draws; the largest and the smallest loss of one draw.
    pub(super) drawn: Loss,
    largest: f64,
}

/// What one removal costs.
pub(super) struct Loss {
    pub(super) cost: Cost,
    /// Nats a token where random tokens are said the second time.
    pub(super) copy: f64,
}

impl Removed {
    pub(super) fn new(bench: &Bench, catalogue: &Catalogue, seed: u64) -> Result<Removed, Refusal> {
        let few = (catalogue.heads / SHARE).clamp(1, MOST);
        let (once, copies) = twice(bench.real, &bench.text, COPIES, seed);
        let loss = |heads: &[Head]| -> Result<Loss, Refusal> {
            let change = [Change::DropHeads(heads.to_vec())];
            Ok(Loss { cost: bench.with(&change)?, copy: second(bench, &change, &copies, once)? })
        };
        let kinds = Kind::ALL.map(|kind| (kind, catalogue.first(kind, few)));
        let chosen: Vec<Head> = kinds.iter().flat_map(|(_, heads)| heads.clone()).collect();
        let others = others(bench, &chosen, few);
        let mut rng = rng(seed, "heads removed at random");
        let mut drawn = Vec::new();
        for _ in 0..DRAWS {
            let heads: Vec<Head> = others.choose_multiple(&mut rng, few).copied().collect();
            drawn.push(loss(&heads)?);
        }
        let largest = drawn.iter().map(|loss| loss.cost.more.estimate).fold(f64::MIN, f64::max);
        let whole = second(bench, &[], &copies, once)?;
        let kinds = kinds.into_iter().filter(|(_, heads)| !heads.is_empty());
        let kinds = kinds.map(|(kind, heads)| Ok((kind, heads.clone(), loss(&heads)?)));
        let kinds = kinds.collect::<Result<Vec<_>, Refusal>>()?;
        Ok(Removed { few, once, plain_copy: whole, kinds, drawn: middle(bench, &drawn)?, largest })
    }

    pub(super) fn table(&self) -> Table {
        let cells = |heads: String, loss: &Loss| -> Vec<Cell> {
            let cost = &loss.cost;
            row![heads, signed(cost.more.estimate), range(&cost.more), loss.copy]
        };
        let named = |heads: &[Head]| heads.iter().map(|head| place(*head)).collect::<Vec<_>>().join(" ");
        let grid = Grid::new("removed", &WORDS)
            .value("few", self.few)
            .value("draws", DRAWS)
            .value("once", self.once)
            .said("whole", row!["", "", "", self.plain_copy]);
        let kinds = self.kinds.iter().fold(grid, |grid, (kind, heads, loss)| {
            let name = WORDS.get(&format!("catalogue.{}", kind.id()));
            let row = std::iter::once(Cell::Words(name)).chain(cells(named(heads), loss));
            grid.row(row.collect())
        });
        kinds.said("drawn", cells(format!("{DRAWS} × {}", self.few), &self.drawn)).table()
    }

    /// The loss of a kind.
    pub(super) fn of(&self, kind: Kind) -> Option<&Loss> {
        self.kinds.iter().find(|(known, _, _)| *known == kind).map(|(_, _, loss)| loss)
    }

    /// How much more a kind costs than the heads drawn at random, window by window.
    pub(super) fn beyond(&self, bench: &Bench, kind: Kind) -> Result<Option<Interval>, Refusal> {
        let loss = self.of(kind);
        loss.map(|loss| bench.apart(&loss.cost.nats, &self.drawn.cost.nats)).transpose()
    }

    /// Which kinds the model needs more than heads drawn at random.
    pub(super) fn notes(&self, bench: &Bench) -> Result<Vec<Text>, Refusal> {
        let mut notes = Vec::new();
        for (kind, _, _) in &self.kinds {
            let Some(more) = self.beyond(bench, *kind)? else { continue };
            let id = match more.difference() {
                Difference::Larger => "removed.needed",
                Difference::Smaller => "removed.spared",
                Difference::NotShown => "removed.alike",
            };
            let kind = WORDS.get(&format!("catalogue.{}", kind.id()));
            notes.push(WORDS.with(id, &[told(&more), named![kind].to_vec()].concat()));
        }
        notes.extend(self.shared());
        notes.extend(self.copies());
        let (largest, draws) = (signed(self.largest), DRAWS);
        notes.push(WORDS.with("removed.largest", &named![largest, draws]));
        Ok(notes)
    }

    /// Heads that are among the best of more than one kind: a loss without them is not that of one kind alone.
    fn shared(&self) -> Option<Text> {
        let all: Vec<Head> = self.kinds.iter().flat_map(|(_, heads, _)| heads.clone()).collect();
        let sets = |head: &Head| all.iter().filter(|other| *other == head).count();
        let shared: BTreeSet<Head> = all.iter().copied().filter(|head| sets(head) > 1).collect();
        let heads = shared.iter().map(|head| place(*head)).collect::<Vec<_>>().join(" ");
        (!shared.is_empty()).then(|| WORDS.with("removed.shared", &named![heads]))
    }

    /// What induction is for: the second copy. A loss there is named where it is plainly more than that of heads drawn
    /// at random.
    fn copies(&self) -> Option<Text> {
        let kind = Kind::Induction;
        let [copy, drawn, whole] = [self.of(kind)?.copy, self.drawn.copy, self.plain_copy];
        let name = WORDS.get(&format!("catalogue.{}", kind.id()));
        (copy > drawn.max(whole) + PLAIN)
            .then(|| WORDS.with("removed.copies", &named![kind = name, copy, whole, drawn]))
    }
}

/// All heads but these; all, where a small model has not so many others.
fn others(bench: &Bench, chosen: &[Head], few: usize) -> Vec<Head> {
    let config = bench.model.config();
    let all = (0..config.layers.len()).flat_map(|layer| (0..config.heads).map(move |head| (layer, head)));
    let others: Vec<Head> = all.clone().filter(|head| !chosen.contains(head)).collect();
    if others.len() < few { all.collect() } else { others }
}

/// Nats a token where random tokens are said the second time; its first token nobody can know.
fn second(bench: &Bench, change: &[Change], copies: &[Vec<u32>], once: usize) -> Result<f64, Refusal> {
    let all = bench.surprise(change, copies)?;
    let means: Vec<f64> = all.iter().map(|nats| mean(&nats[nats.len() + 1 - once..])).collect();
    Ok(mean(&means))
}

/// The mean of several removals, window by window.
fn middle(bench: &Bench, drawn: &[Loss]) -> Result<Loss, Refusal> {
    let window = |i: usize| mean(&drawn.iter().map(|loss| loss.cost.nats[i]).collect::<Vec<_>>());
    let cost = bench.cost((0..bench.windows.len()).map(window).collect())?;
    Ok(Loss { cost, copy: mean(&drawn.iter().map(|loss| loss.copy).collect::<Vec<_>>()) })
}
