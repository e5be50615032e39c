//! What must be said before training.

use super::UnigramError;
use super::words::{Bounds, Setting};

/// By how much more pieces than asked for the prunings leave. Of these the most probable are the result.
const OVERSHOOT: f64 = 1.1;

/// How probabilities follow from expected counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Estimate {
    /// Under a prior that favours few pieces, as in SentencePiece: rare pieces get less than their share, and one
    /// that counts less than a half is dropped at once.
    #[default]
    Prior,
    /// Of the largest likelihood, which then never falls. Nothing is dropped between prunings.
    Likelihood,
}

/// What must be said before training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnigramOptions {
    /// The largest size of the vocabulary. Every character of the corpus is kept, even if they are more.
    pub pieces: usize,
    /// Size of the vocabulary that training begins with.
    pub seed_pieces: usize,
    /// The most characters in a piece.
    pub max_chars: usize,
    /// Steps of expectation–maximisation between two prunings.
    pub em_steps: usize,
    /// The share of the pieces that a pruning keeps.
    pub keep: f64,
    /// How probabilities follow from expected counts.
    pub estimate: Estimate,
}

impl Default for UnigramOptions {
    /// As SentencePiece: 8000 pieces of at most 16 characters out of a million, two steps, three quarters.
    fn default() -> Self {
        let estimate = Estimate::default();
        Self { pieces: 8000, seed_pieces: 1_000_000, max_chars: 16, em_steps: 2, keep: 0.75, estimate }
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

    /// With so many pieces or fewer no pruning follows.
    pub(super) fn enough(&self) -> usize {
        (self.pieces as f64 * OVERSHOOT) as usize
    }

    /// How many of these pieces a pruning keeps at most.
    pub(super) fn kept(&self, pieces: usize) -> usize {
        ((pieces as f64 * self.keep) as usize).max(self.enough())
    }
}
