//! The pairs that can be the best, kept apart from the many that cannot.

use std::collections::BTreeMap;

use super::score::Part;

/// A shorter list is not worth making.
pub(super) const LEAST: usize = 64;

/// The pairs that are looked at before every merge, and bounds of all others.
///
/// The bounds hold while the list is used: when a merge changes a pair, or makes one of its pieces so much
/// rarer that a bound may have become too low, the pair is put on the list or the bound is raised.
#[derive(Debug)]
pub(super) struct Shortlist {
    /// No list is made shorter, unless there are fewer pairs.
    pub(super) least: usize,
    /// Numbers of pairs.
    pub(super) listed: Vec<u32>,
    /// For each pair whether it is listed.
    pub(super) is_listed: Vec<bool>,
    /// For each class the largest part that an unlisted pair may have, apart from those with the part of
    /// `last`.
    pub(super) ceilings: BTreeMap<u64, f64>,
    pub(super) last: Option<Last>,
    /// How long the list was when it was made.
    pub(super) made: usize,
}

/// The last pair on the list when it was made. Unlisted pairs with the same part come after it by the rule of
/// ties: so a list can end among thousands of pairs that are all equally good.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    pub(super) part: Part,
    pub(super) rank: u64,
}

/// A pair that could be listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) total: f64,
    pub(super) part: Part,
    pub(super) rank: u64,
    pub(super) number: u32,
}

impl Entry {
    /// The better first; pairs with the same part next to each other, in the order of the rule of ties.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
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

    pub(super) fn fill(&mut self, listed: &[Entry], others: &[Entry], pairs: u32) {
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
    pub(super) fn forget(&mut self, gone: impl Fn(u32) -> bool) {
        let is_listed = &mut self.is_listed;
        self.listed.retain(|&number| {
            is_listed[number as usize] = !gone(number);
            is_listed[number as usize]
        });
    }

    pub(super) fn list(&mut self, number: u32) {
        if self.is_listed.len() <= number as usize {
            self.is_listed.resize(number as usize + 1, false);
        }
        self.is_listed[number as usize] = true;
        self.listed.push(number);
    }
}
