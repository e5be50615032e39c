//! Where a pair stands.

use super::text::Text;
use crate::tokenizer::wordpiece::corpus::Pair;

/// The places of the left piece of a pair. Some are out of date: a merge has taken the pair away there, and it
/// never comes back to the same place, since pieces only grow.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: Vec<u32>,
    /// Those in front of it are out of date.
    front: usize,
    /// A merge that makes a piece anew adds places in front of older ones.
    mixed: bool,
}

impl Places {
    #[inline]
    pub(super) fn push(&mut self, place: u32) {
        self.mixed |= self.all.last().is_some_and(|&last| last > place);
        self.all.push(place);
    }

    /// The first place where the pair still stands.
    pub(super) fn first(&mut self, pair: Pair, text: &Text) -> Option<u32> {
        self.sort();
        let stale =
            self.all[self.front..].iter().take_while(|&&place| text.pair_at(place) != Some(pair)).count();
        self.front += stale;
        self.all.get(self.front).copied()
    }

    /// Takes all places, ascending; those out of date are among them.
    pub(super) fn take(&mut self) -> Vec<u32> {
        self.sort();
        std::mem::take(self).all
    }

    fn sort(&mut self) {
        if self.mixed {
            self.all.drain(..self.front);
            self.front = 0;
            self.all.sort_unstable();
            self.mixed = false;
        }
    }
}
