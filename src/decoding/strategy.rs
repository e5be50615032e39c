//! What the loop of [`generate`](super::generate) asks: which token next?

use rand::RngCore;

use super::{Candidates, DecodingError, Mirostat, Pipeline, greedy, gumbel_max};

/// A chosen token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The token.
    pub token: u32,
    /// How many tokens could have been chosen.
    pub candidates: usize,
}

/// A way to choose the next token. It may learn from its own choices.
pub trait Strategy {
    /// Chooses one token after `history`, which is the prompt and everything since.
    ///
    /// # Errors
    /// The logits make no distribution, or a parameter is out of its range.
    fn choose(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut dyn RngCore,
    ) -> Result<Choice, DecodingError>;
}

/// The most probable token, always: [`greedy()`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Greedy;

impl Strategy for Greedy {
    fn choose(&mut self, logits: &[f32], _: &[u32], _: &mut dyn RngCore) -> Result<Choice, DecodingError> {
        Ok(Choice { token: greedy(logits)?, candidates: 1 })
    }
}

/// Draws what the pipeline leaves. With the filter `Temperature(0.0)` it is greedy.
impl Strategy for Pipeline {
    fn choose(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut dyn RngCore,
    ) -> Result<Choice, DecodingError> {
        let candidates = self.candidates(logits, history)?;
        Ok(Choice { token: candidates.sample(rng).id, candidates: candidates.size() })
    }
}

/// Draws what the pipeline leaves by [`gumbel_max`]: the same distribution, by other draws.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GumbelMax(pub Pipeline);

impl Strategy for GumbelMax {
    fn choose(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut dyn RngCore,
    ) -> Result<Choice, DecodingError> {
        let candidates = self.0.candidates(logits, history)?;
        Ok(Choice { token: gumbel_max(&candidates, rng).id, candidates: candidates.size() })
    }
}

impl Strategy for Mirostat {
    fn choose(&mut self, logits: &[f32], _: &[u32], rng: &mut dyn RngCore) -> Result<Choice, DecodingError> {
        let (drawn, kept) = self.step(&Candidates::from_logits(logits)?, rng);
        Ok(Choice { token: drawn.id, candidates: kept.size() })
    }
}
