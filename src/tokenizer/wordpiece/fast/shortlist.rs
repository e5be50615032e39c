//! The pairs that can be the best, kept apart from the many that cannot.

use std::collections::BTreeMap;

use super::score::{Counts, Part};
use super::state::State;

/// Pairs on a list that is made anew, for each that there is on it.
const MOST: usize = 4;
/// A shorter list is not worth making.
pub(super) const LEAST: usize = 64;

/// The pairs that are looked at before every merge, and bounds of all others.
///
/// The bounds hold while the list is used: when a merge changes a pair, or makes one of its pieces so much
/// rarer that a bound may have become too low, the pair is put on the list or the bound is raised.
#[derive(Debug)]
pub(super) struct Shortlist {
    /// No list is made shorter, unless there are fewer pairs.
    least: usize,
    /// Numbers of pairs.
    listed: Vec<u32>,
    /// For each pair whether it is listed.
    is_listed: Vec<bool>,
    /// For each class the largest part that an unlisted pair may have, apart from those with the part of
    /// `last`.
    ceilings: BTreeMap<u64, f64>,
    last: Option<Last>,
    /// How long the list was when it was made.
    made: usize,
}

/// The last pair on the list when it was made. Unlisted pairs with the same part come after it by the rule of
/// ties: so a list can end among thousands of pairs that are all equally good.
#[derive(Debug, Clone, Copy)]
struct Last {
    part: Part,
    rank: u64,
}

/// A pair that could be listed.
#[derive(Debug, Clone, Copy)]
struct Entry {
    total: f64,
    part: Part,
    rank: u64,
    number: u32,
}

impl State {
    /// The best pair, by the rule of ties if several are equally good; `None` if there is no pair.
    pub(super) fn choose(&mut self) -> Option<u32> {
        if self.shortlist.listed.len() <= MOST * self.shortlist.made
            && let Some(best) = self.best_listed()
        {
            return Some(best);
        }
        let mut wanted = self.shortlist.least.max(self.pairs.len().isqrt() as usize);
        while self.make_list(wanted) {
            if let Some(best) = self.best_listed() {
                return Some(best);
            }
            wanted *= MOST;
        }
        None
    }

    /// The best pair of the list, if no other can be better or come first.
    fn best_listed(&mut self) -> Option<u32> {
        self.shortlist.forget(|number| self.pairs.tally(number).count == 0);
        let scores: Vec<(u32, f64)> =
            self.shortlist.listed.iter().map(|&number| (number, self.score(number))).collect();
        self.scored += scores.len() as u64;
        let best = scores.iter().map(|(_, score)| *score).reduce(f64::max)?;
        let enough = best - self.criterion.rounding(best, self.totals.log_likelihood());
        let tied = scores.into_iter().filter(|(_, score)| *score >= enough);
        let (rank, chosen) = tied.map(|(number, _)| (self.rank(number), number)).min()?;
        (!self.unlisted_wins(best, enough, rank)).then_some(chosen)
    }

    /// Can a pair that is not listed be as good, and come first?
    fn unlisted_wins(&self, best: f64, enough: f64, rank: u64) -> bool {
        let total = |part: Part| self.criterion.total(part, &self.totals);
        let with_last = self.shortlist.last.is_some_and(|last| {
            let most = total(last.part);
            most > best || (most >= enough && rank > last.rank)
        });
        with_last
            || self.shortlist.ceilings.iter().any(|(&class, &value)| total(Part { class, value }) >= enough)
    }

    /// Lists about so many of the best pairs; `false` if there is none.
    fn make_list(&mut self, wanted: usize) -> bool {
        let mut entries = Vec::new();
        for number in 0..self.pairs.len() {
            if self.pairs.tally(number).count > 0 {
                let part = self.part(number, Counts::Coarse);
                let total = self.criterion.total(part, &self.totals);
                entries.push(Entry { total, part, rank: self.rank(number), number });
            }
        }
        self.scored += entries.len() as u64;
        let split = wanted.min(entries.len());
        if split < entries.len() {
            entries.select_nth_unstable_by(split - 1, Entry::compare);
        }
        let (listed, others) = entries.split_at(split);
        self.shortlist.fill(listed, others, self.pairs.len());
        !listed.is_empty()
    }

    /// Looks at a pair that has changed: it may be listed from now on, or raise a bound.
    pub(super) fn look_again(&mut self, number: u32) {
        if self.shortlist.is_listed.get(number as usize) == Some(&true) || self.pairs.tally(number).count == 0
        {
            return;
        }
        self.scored += 1;
        let part = self.part(number, Counts::Coarse);
        let Some(last) = self.shortlist.last else { return self.shortlist.list(number) };
        let ceiling = self.shortlist.ceilings.get(&part.class).copied().unwrap_or(f64::NEG_INFINITY);
        if part.value <= ceiling {
            return;
        }
        let total = |part: Part| self.criterion.total(part, &self.totals);
        if total(part) >= total(last.part) {
            self.shortlist.list(number);
        } else {
            self.shortlist.ceilings.insert(part.class, part.value);
        }
    }
}

impl Entry {
    /// The better first; pairs with the same part next to each other, in the order of the rule of ties.
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let by_part = |a: Part, b: Part| b.class.cmp(&a.class).then(b.value.total_cmp(&a.value));
        other
            .total
            .total_cmp(&self.total)
            .then_with(|| by_part(self.part, other.part))
            .then_with(|| self.rank.cmp(&other.rank))
    }
}

impl Shortlist {
    /// Nothing is listed, and all pairs may be: the first choice makes a list.
    pub(super) fn new(least: usize) -> Self {
        Self {
            least,
            listed: Vec::new(),
            is_listed: Vec::new(),
            ceilings: BTreeMap::new(),
            last: None,
            made: 0,
        }
    }

    fn fill(&mut self, listed: &[Entry], others: &[Entry], pairs: u32) {
        self.made = listed.len();
        self.is_listed = vec![false; pairs as usize];
        self.listed.clear();
        listed.iter().for_each(|entry| self.list(entry.number));
        let last = listed.last().filter(|_| !others.is_empty());
        self.last = last.map(|entry| Last { part: entry.part, rank: entry.rank });
        self.ceilings.clear();
        for entry in others.iter().filter(|entry| last.is_some_and(|last| last.part != entry.part)) {
            let ceiling = self.ceilings.entry(entry.part.class).or_insert(f64::NEG_INFINITY);
            *ceiling = ceiling.max(entry.part.value);
        }
    }

    /// Takes pairs off the list.
    fn forget(&mut self, gone: impl Fn(u32) -> bool) {
        let is_listed = &mut self.is_listed;
        self.listed.retain(|&number| {
            is_listed[number as usize] = !gone(number);
            is_listed[number as usize]
        });
    }

    fn list(&mut self, number: u32) {
        if self.is_listed.len() <= number as usize {
            self.is_listed.resize(number as usize + 1, false);
        }
        self.is_listed[number as usize] = true;
        self.listed.push(number);
    }
}
