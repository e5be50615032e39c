//! How far training has come.

use super::{Unigram, UnigramOptions};

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done: every expectation over the corpus is one, and so is every pruning.
    pub done: usize,
    /// Steps of the whole training. Later ones are shorter, since fewer pieces are left.
    pub wanted: usize,
    /// Pieces at this step.
    pub pieces: usize,
}

/// Counts steps and tells of each.
pub(super) struct Steps<'a> {
    done: usize,
    wanted: usize,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Steps<'a> {
    /// The number of rounds is known beforehand: how many pieces a pruning takes away depends on their number
    /// alone, and characters always stay.
    pub(super) fn new(seed: &Unigram, options: &UnigramOptions, tell: &'a mut dyn FnMut(Progress)) -> Self {
        let is_character = |piece: &str| piece.chars().nth(1).is_none();
        let mut pieces = seed.pieces().len();
        let characters = seed.pieces().iter().filter(|(piece, _)| is_character(piece)).count();
        let mut rounds = 1usize;
        loop {
            let away = options.surplus(pieces, pieces - characters);
            if away == 0 {
                break;
            }
            pieces -= away;
            rounds += 1;
        }
        // In each round one expectation more than there are maximisations, and the pruning.
        Self { done: 0, wanted: rounds.saturating_mul(options.em_steps.saturating_add(2)), tell }
    }

    /// One step more, with so many pieces.
    pub(super) fn done(&mut self, pieces: usize) {
        self.done += 1;
        (self.tell)(Progress { done: self.done, wanted: self.wanted, pieces });
    }
}
