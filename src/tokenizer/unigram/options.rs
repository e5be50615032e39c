//! What must be said before training.

use super::UnigramError;
use super::words::{Bounds, Setting};

/// What must be said before training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnigramOptions {
    /// Size of the vocabulary. Every character of the corpus is kept, even if they are more.
    pub pieces: usize,
    /// Size of the vocabulary that training begins with.
    pub seed_pieces: usize,
    /// The most characters in a piece.
    pub max_chars: usize,
    /// Steps of expectation–maximisation between two prunings.
    pub em_steps: usize,
    /// The share of the pieces that a pruning keeps.
    pub keep: f64,
}

impl Default for UnigramOptions {
    /// As SentencePiece: 8000 pieces of at most 16 characters out of a million, two steps, three quarters.
    fn default() -> Self {
        Self { pieces: 8000, seed_pieces: 1_000_000, max_chars: 16, em_steps: 2, keep: 0.75 }
    }
}

impl UnigramOptions {
    pub(super) fn check(&self) -> Result<(), UnigramError> {
        let bad = |name, value, wanted| Err(UnigramError::BadOption { name, value, wanted });
        if self.max_chars == 0 {
            return bad(Setting::MaxChars, 0.0, Bounds::AtLeast1);
        }
        if self.em_steps == 0 {
            return bad(Setting::EmSteps, 0.0, Bounds::AtLeast1);
        }
        if !(self.keep > 0.0 && self.keep < 1.0) {
            return bad(Setting::Keep, self.keep, Bounds::Inside0And1);
        }
        Ok(())
    }

    /// How many of these pieces a pruning takes away.
    pub(super) fn surplus(&self, pieces: usize, removable: usize) -> usize {
        let share = (pieces as f64 * self.keep) as usize;
        let kept = share.max(self.pieces).min(pieces);
        (pieces - kept).min(removable)
    }
}
