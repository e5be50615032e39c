//! Training under way.

use super::merge;
use super::pairs::{Pairs, key};
use super::score::{Counts, Part, coarse};
use super::shortlist::Shortlist;
use super::text::Text;
use super::totals::Totals;
use crate::tokenizer::wordpiece::corpus::{Names, Pair, Word};
use crate::tokenizer::wordpiece::{Criterion, Ties, WordPieceError};

pub(super) struct State {
    pub(super) criterion: Criterion,
    ties: Ties,
    pub(super) names: Names,
    pub(super) text: Text,
    pub(super) totals: Totals,
    pub(super) pairs: Pairs,
    pub(super) shortlist: Shortlist,
    /// Scores computed so far.
    pub(super) scored: u64,
}

impl State {
    pub(super) fn new(
        names: Names,
        words: &[Word],
        criterion: Criterion,
        ties: Ties,
        shortlist: Shortlist,
    ) -> Result<Self, WordPieceError> {
        let text = Text::new(words)?;
        let totals = Totals::new(words, names.names.len());
        let pairs = Pairs::new(&text, &names, criterion.needs_logarithms());
        Ok(Self { criterion, ties, names, text, totals, pairs, shortlist, scored: 0 })
    }

    /// Merges a pair wherever it stands.
    pub(super) fn merge(&mut self, number: u32) -> Pair {
        let pair = self.pairs.tally(number).pair;
        let new = self.names.join(pair);
        let before = [pair.0, pair.1].map(|piece| coarse(self.totals.counts[piece as usize]));
        merge::everywhere(&mut self.text, &mut self.pairs, &mut self.totals, &self.names, number, new);
        self.pairs.changes().into_iter().for_each(|other| self.look_again(other));
        self.pairs.make(number, new).into_iter().for_each(|other| self.look_again(other));
        for (piece, before) in [pair.0, pair.1].into_iter().zip(before) {
            let now = coarse(self.totals.counts[piece as usize]);
            if now < before && self.criterion != Criterion::Frequency {
                self.pairs.holding(piece).to_vec().into_iter().for_each(|other| self.look_again(other));
            }
        }
        pair
    }

    /// Looks at a pair that has changed: it may be listed from now on, or raise a bound.
    fn look_again(&mut self, number: u32) {
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

    /// The score of a pair, such that larger is better.
    pub(super) fn score(&self, number: u32) -> f64 {
        self.criterion.total(self.part(number, Counts::Exact), &self.totals)
    }

    pub(super) fn part(&self, number: u32, counts: Counts) -> Part {
        self.criterion.part(&self.pairs.tally(number), &self.totals, counts)
    }

    /// Of equally good pairs the one with the smallest rank is taken.
    pub(super) fn rank(&mut self, number: u32) -> u64 {
        match self.ties {
            Ties::SmallestIds => key(self.pairs.tally(number).pair),
            Ties::FirstMet => self.pairs.first(number, &self.text).map_or(u64::MAX, u64::from),
        }
    }
}
