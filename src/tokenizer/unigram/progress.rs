//! How far training has come.

use super::UnigramOptions;

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done: every expectation over the corpus is one, and so is every pruning.
    pub done: usize,
    /// Steps of the whole training, as far as can be said: it becomes smaller when pieces are dropped early.
    /// Later steps are shorter, since fewer pieces are left.
    pub wanted: usize,
    /// Pieces at this step.
    pub pieces: usize,
}

/// Counts steps and tells of each.
pub(super) struct Steps<'a> {
    done: usize,
    options: UnigramOptions,
    /// Pieces that are never taken away.
    characters: usize,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Steps<'a> {
    pub(super) fn new(
        characters: usize,
        options: &UnigramOptions,
        tell: &'a mut dyn FnMut(Progress),
    ) -> Self {
        Self { done: 0, options: *options, characters, tell }
    }

    /// An expectation more, after which `left` of the round follow, with so many pieces.
    pub(super) fn expected(&mut self, left: usize, pieces: usize) {
        self.done += 1;
        let rest = left + self.after_round(pieces);
        (self.tell)(Progress { done: self.done, wanted: self.done + rest, pieces });
    }

    /// A pruning more, which left so many pieces.
    pub(super) fn pruned(&mut self, pieces: usize) {
        self.done += 1;
        let rest = self.options.em_steps + self.after_round(pieces);
        (self.tell)(Progress { done: self.done, wanted: self.done + rest, pieces });
    }

    /// The last expectation.
    pub(super) fn finished(&mut self, pieces: usize) {
        self.done += 1;
        (self.tell)(Progress { done: self.done, wanted: self.done, pieces });
    }

    /// Steps after the expectations of a round: a pruning and a round each, and the last expectation.
    fn after_round(&self, mut pieces: usize) -> usize {
        let mut rest = 1usize;
        while pieces > self.options.enough() {
            let kept = self.options.kept(pieces).max(self.characters);
            if kept >= pieces {
                break;
            }
            pieces = kept;
            rest = rest.saturating_add(self.options.em_steps.saturating_add(1));
        }
        rest
    }
}
