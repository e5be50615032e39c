//! The best pair, found on the shortlist where that is certain.

use super::score::{Counts, Part};
use super::shortlist::Entry;
use super::state::State;

/// Pairs on a list that is made anew, for each that there is on it.
const MOST: usize = 4;

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
}
